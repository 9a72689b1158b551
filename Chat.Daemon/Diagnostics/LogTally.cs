using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// Keeps floods out of the log. Of lines that anybody can cause, the first few of a kind from one source are logged at once. The others are
/// counted, and one line a minute says how many they were. Safe from any thread.
/// </summary>
/// <param name="maxKinds">Kinds to tell apart within a minute. Beyond it, all sources count as one.</param>
internal sealed partial class LogTally(int maxKinds, TimeProvider time) : IPeriodicTask, IDisposable
{
    private const string Others = "all others";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new(); // guards the dictionary; nothing is called while it is held
    private Dictionary<Kind, (int AtOnce, int Count)> counts = [];
    private long begun = time.GetTimestamp();

    /// <summary>It looks at the clock itself: the first run comes with the start, before a minute has passed.</summary>
    public TimeSpan Period => TimeSpan.FromSeconds(1);

    /// <summary>Counts a line, and tells whether to log it now.</summary>
    /// <param name="eventName">The event of the line.</param>
    /// <param name="code">What distinguishes lines of the event: one of a small fixed set.</param>
    /// <param name="from">Who causes it: a network, or a user's id.</param>
    /// <param name="atOnce">How many to log within a minute.</param>
    public bool IsLogged(ILogger logger, string eventName, string code, string from, int atOnce = 1)
    {
        var kind = new Kind(logger, eventName, code, from);
        lock (gate)
        {
            if (!counts.TryGetValue(kind, out var before) && counts.Count >= maxKinds)
                before = counts.GetValueOrDefault(kind = kind with { From = Others });
            counts[kind] = (atOnce, before.Count + 1);
            return before.Count < atOnce;
        }
    }

    Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        if (time.GetElapsedTime(begun) >= Window) Report();
        return Task.CompletedTask;
    }

    /// <summary>Logs what was counted last.</summary>
    public void Dispose() => Report();

    private void Report()
    {
        Dictionary<Kind, (int AtOnce, int Count)> counted;
        lock (gate)
        {
            (counted, counts, begun) = (counts, [], time.GetTimestamp());
        }
        foreach (var ((logger, eventName, code, from), (atOnce, count)) in counted)
            if (count > atOnce) LogRepeated(logger, eventName, code, count - atOnce, from);
    }

    [LoggerMessage(EventId = 15, EventName = "LinesRepeated", Level = LogLevel.Warning,
        Message = "Lines repeated: {Event} {Code}, {Count} more from {Source} within a minute")]
    private static partial void LogRepeated(ILogger logger, string @event, string code, int count, string source);

    private readonly record struct Kind(ILogger Logger, string Event, string Code, string From);
}
