using System.Collections.Concurrent;
using System.Diagnostics;
using Chat.Daemon.Accounts;
using Chat.Daemon.Messages;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Stores;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Reading;

/// <summary>
/// The marks of the accounts that are online. They are written once a second, in slices with a rest after each, so that the messages of
/// others hardly wait however many read. What fails is tried again every second. Safe from any thread.
/// </summary>
internal sealed partial class ReadMarks(RoomListStore roomListStore, TimeProvider time, ILogger<ReadMarks> logger)
    : IPeriodicTask, IAsyncDisposable
{
    /// <summary>Marks written in one transaction: messages wait for it.</summary>
    private const int Slice = 500;

    /// <summary>How many times as long as a slice the rest after it is.</summary>
    private const int RestFactor = 3;

    private readonly Lock gate = new(); // guards the count of connections and the writing; taken before that of marks
    private readonly Lock movedGate = new(); // guards what has moved; taken after that of marks
    private readonly ConcurrentDictionary<Identity, AccountMarks> online = new();
    private readonly CancellationTokenSource stopping = new();
    private HashSet<AccountMarks> moved = [];
    private Task writing = Task.CompletedTask;
    private bool hasFailed; // of the one task that writes

    TimeSpan IPeriodicTask.Period => TimeSpan.FromSeconds(1);

    /// <summary>A connection of the account begins. <see cref="Close"/> follows.</summary>
    public AccountMarks Open(ChatUser user, long account)
    {
        lock (gate)
        {
            var marks = online.GetOrAdd(user.Identity, _ => new AccountMarks(account, NoteMoved));
            marks.Connections++;
            return marks;
        }
    }

    public void Close(ChatUser user)
    {
        lock (gate)
        {
            if (--online[user.Identity].Connections == 0) DropUnlessMoved(user.Identity);
        }
    }

    /// <returns>Null if the account is not online.</returns>
    public AccountMarks? Find(Identity identity) => online.GetValueOrDefault(identity);

    /// <summary>Moves the marks of those who wrote these messages. Call before they are delivered.</summary>
    public void MoveOwn(ConversationId conversation, IReadOnlyList<PendingAppend> stored, bool isRoom)
    {
        foreach (var append in stored)
        {
            if (append is PendingMessage { Logged: { } message } && Find(append.Sender.User.Identity) is { } marks)
                marks.MoveOwn(conversation, message.Seq, isRoom);
        }
    }

    /// <summary>A room is deleted, and on nobody's list.</summary>
    public void Forget(ConversationId room)
    {
        foreach (var marks in online.Values) marks.Unlist(room);
    }

    /// <summary>Begins to write, unless the last time has not ended yet.</summary>
    Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        Start(RestFactor);
        return Task.CompletedTask;
    }

    /// <summary>Writes all that is left, without a rest. Call while the database is open.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await writing;
        await Start(restFactor: 0);
    }

    private Task Start(int restFactor)
    {
        lock (gate)
        {
            if (!writing.IsCompleted) return writing;
            return writing = Task.Run(() => WriteAsync(restFactor));
        }
    }

    private async Task WriteAsync(int restFactor)
    {
        HashSet<AccountMarks> accounts;
        lock (movedGate) (accounts, moved) = (moved, []);
        await WriteAsync(InOrderOfRows(accounts), restFactor);
        lock (gate)
        {
            foreach (var account in accounts)
            {
                account.EndWrite();
                if (account.Connections == 0) DropUnlessMoved(Identity.OfAccount(account.Account));
            }
        }
    }

    private async Task WriteAsync(List<ReadMark> marks, int restFactor)
    {
        for (var first = 0; first < marks.Count; first += Slice)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                await roomListStore.WriteAsync(marks.GetRange(first, Math.Min(Slice, marks.Count - first)));
                hasFailed = false;
            }
            catch (Exception e)
            {
                foreach (var mark in marks.Skip(first)) Find(Identity.OfAccount(mark.Account))?.PutBack(mark.Conversation);
                if (!hasFailed) LogMarksNotStored(logger, marks.Count - first, e); // once, not every second
                hasFailed = true;
                return;
            }
            // The work's own time: a clock that somebody sets forward must not make the rest longer.
            await Task.Delay(Stopwatch.GetElapsedTime(began) * restFactor, time, stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static List<ReadMark> InOrderOfRows(IEnumerable<AccountMarks> accounts)
    {
        var marks = new List<ReadMark>();
        foreach (var account in accounts) account.BeginWrite(marks);
        marks.Sort(static (one, other) =>
            (one.Conversation.Value, one.Account).CompareTo((other.Conversation.Value, other.Account)));
        return marks;
    }

    /// <summary>Those whose last connection has ended are dropped once they are written.</summary>
    private void DropUnlessMoved(Identity identity)
    {
        if (online.TryGetValue(identity, out var marks) && marks is { Connections: 0, HasMoved: false })
            online.TryRemove(identity, out _);
    }

    /// <summary>Called under the marks' lock.</summary>
    private void NoteMoved(AccountMarks marks)
    {
        lock (movedGate) moved.Add(marks);
    }

    [LoggerMessage(EventId = 640, EventName = "ReadMarksNotStored", Level = LogLevel.Warning,
        Message = "{Count} read marks not stored; trying again every second")]
    private static partial void LogMarksNotStored(ILogger logger, int count, Exception cause);
}
