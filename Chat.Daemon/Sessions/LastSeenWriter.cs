using Chat.Daemon.Storage.Stores;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>
/// Stores when sessions were last used, and whether their names are held, in the background. What fails is tried again every second: a
/// session whose end is never stored would never expire. Safe from any thread.
/// </summary>
internal sealed partial class LastSeenWriter(SessionStore sessionStore, TimeProvider time, ILogger<LastSeenWriter> logger)
    : IPeriodicTask, IAsyncDisposable
{
    /// <summary>Marks stored in one transaction: messages wait for it.</summary>
    private const int Slice = 500;

    private readonly Lock gate = new();
    private readonly Dictionary<long, SessionMark> waiting = []; // the latest of each session
    private Task writing = Task.CompletedTask;
    private bool isWriting; // guarded by the gate, like the two above
    private bool hasFailed; // of the one task that writes

    TimeSpan IPeriodicTask.Period => TimeSpan.FromSeconds(1);

    /// <summary>The session is in use now.</summary>
    public void Write(Session session) => Write([new SessionMark(session.Id, time.GetUtcNow().ToUnixTimeMilliseconds(), Held: true)]);

    public void Write(IEnumerable<SessionMark> marks)
    {
        lock (gate)
        {
            foreach (var mark in marks) waiting[mark.Id] = mark;
        }
        Start();
    }

    /// <summary>Tries again.</summary>
    Task IPeriodicTask.RunAsync(CancellationToken cancellation) => Start();

    /// <summary>Stores what waits. Call while the database is open.</summary>
    public async ValueTask DisposeAsync() => await Start();

    private Task Start()
    {
        lock (gate)
        {
            if (isWriting || waiting.Count == 0) return writing;
            isWriting = true;
            return writing = Task.Run(WriteAsync);
        }
    }

    private async Task WriteAsync()
    {
        while (Take() is { Length: > 0 } marks)
        {
            try
            {
                await sessionStore.MarkAsync(marks);
                hasFailed = false;
            }
            catch (Exception e)
            {
                PutBack(marks);
                if (!hasFailed) LogLastSeenNotStored(logger, marks.Length, e); // once, not every second
                hasFailed = true;
                return;
            }
        }
    }

    private SessionMark[] Take()
    {
        lock (gate)
        {
            SessionMark[] marks = [.. waiting.Values.Take(Slice)];
            foreach (var mark in marks) waiting.Remove(mark.Id);
            isWriting = marks.Length > 0;
            return marks;
        }
    }

    private void PutBack(SessionMark[] marks)
    {
        lock (gate)
        {
            foreach (var mark in marks) waiting.TryAdd(mark.Id, mark);
            isWriting = false;
        }
    }

    [LoggerMessage(EventId = 211, EventName = "LastSeenNotStored", Level = LogLevel.Warning,
        Message = "Last use of {Count} sessions not stored; trying again every second")]
    private static partial void LogLastSeenNotStored(ILogger logger, int count, Exception cause);
}
