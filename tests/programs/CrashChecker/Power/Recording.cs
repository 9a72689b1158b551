using CrashChecker.Clients;
using CrashChecker.Judging;

namespace CrashChecker.Power;

/// <summary>A run of the daemon: what it did to the disk, and what its clients saw, by the same clock.</summary>
/// <param name="Before">The files at its start, all of them on the disk.</param>
internal sealed record Recording(string Root, string Before, IReadOnlyList<TraceRecord> Trace, IReadOnlyList<Observation> Observations)
{
    private const int Near = 4;

    /// <summary>The clients.</summary>
    public IReadOnlyList<ChatterPlan> Plans { get; init; } = [];

    /// <summary>
    /// Chooses after how many calls the power goes: anywhere, or near a call that matters more than others. Mostly once somebody has got
    /// an echo, because most calls that matter are those of the start, when there is nothing to lose yet.
    /// </summary>
    public int ChooseMoment(Random random)
    {
        var first = random.Next(4) == 0 ? 0 : FirstCallAfterAnEcho();
        if (random.Next(2) == 0) return random.Next(first, Trace.Count + 1);
        var turning = Trace.Index().Skip(first).Where(record => IsTurning(record.Item)).Select(record => record.Index).ToList();
        if (turning.Count == 0) return Trace.Count;
        return Math.Clamp(turning[random.Next(turning.Count)] + random.Next(-Near, Near + 1), 0, Trace.Count);
    }

    /// <summary>The files after that many calls.</summary>
    public Disk DiskAfter(int calls, bool ignoresSyncs = false)
    {
        var disk = new Disk(Before, Root) { IgnoresSyncs = ignoresSyncs };
        foreach (var record in Trace.Take(calls)) disk.Apply(record);
        return disk;
    }

    /// <summary>What the clients saw before the power went.</summary>
    public IEnumerable<Observation> SeenBefore(int calls) =>
        calls >= Trace.Count ? Observations : Observations.TakeWhile(observation => observation.Time < Trace[calls].Begin);

    /// <summary>When the last sync of the messages' write-ahead log began that was complete by then; 0 if there was none.</summary>
    public long LastSync(int calls)
    {
        var logs = new HashSet<int>();
        var last = 0L;
        foreach (var record in Trace.Take(calls))
        {
            var isLog = record.Name.EndsWith("/chat.db-wal", StringComparison.Ordinal);
            if (record.Kind == RecordKind.Opened && isLog) logs.Add(record.Descriptor);
            else if (record.Kind is RecordKind.Opened or RecordKind.Closed) logs.Remove(record.Descriptor);
            if (record is { Kind: RecordKind.Synced, Result: 0 } && logs.Contains(record.Descriptor)) last = record.Begin;
        }
        return last;
    }

    private int FirstCallAfterAnEcho()
    {
        if (Observations.FirstOrDefault(observation => observation is Observation.Echoed) is not { } echo) return Trace.Count;
        return Trace.TakeWhile(record => record.Begin <= echo.Time).Count();
    }

    /// <summary>A sync, a change of the database itself or of names: there, one step more or less decides.</summary>
    private static bool IsTurning(TraceRecord record) => record.Kind
        is RecordKind.Synced or RecordKind.Truncated or RecordKind.Renamed or RecordKind.Unlinked or RecordKind.Opened;
}
