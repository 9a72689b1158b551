namespace Chat.Daemon.Search;

/// <summary>Which part of the index is built next. For the index's thread.</summary>
internal sealed class PartQueue(TimeProvider time)
{
    /// <summary>One building serves many edits; with what follows it stays well within the minute that the protocol promises.</summary>
    private static readonly TimeSpan ReplacedTime = TimeSpan.FromSeconds(15);

    /// <summary>Rows of a room or of old messages go over a long time. Nothing leads to them meanwhile.</summary>
    private static readonly TimeSpan DeletedTime = TimeSpan.FromMinutes(10);

    /// <summary>If so many parts are stale that one is not built by then, it is dropped, and built later.</summary>
    private static readonly TimeSpan LastTime = TimeSpan.FromSeconds(40);

    private readonly Dictionary<long, (IndexPart Part, long Due, long DropAt)> stale = [];

    public bool IsEmpty => stale.Count == 0;

    /// <summary>A part that an earlier process has left stale is due at once.</summary>
    public void AddLeft(IndexPart part) => Add(part, TimeSpan.Zero);

    public void Add(IndexPart part) => Add(part, part.Staleness == Staleness.Replaced ? ReplacedTime : DeletedTime);

    public void Remove(IndexPart part) => stale.Remove(part.Number);

    /// <summary>Parts that have waited too long.</summary>
    public List<IndexPart> Overdue()
    {
        var now = time.GetTimestamp();
        return [.. stale.Values.Where(one => one.DropAt <= now).Select(one => one.Part)];
    }

    /// <summary>Makes every part due.</summary>
    public void Hurry()
    {
        foreach (var (part, due, dropAt) in stale.Values.ToList()) stale[part.Number] = (part, long.MinValue, dropAt);
    }

    /// <returns>The part that is due and has waited longest; null if none is.</returns>
    public IndexPart? Due()
    {
        var now = time.GetTimestamp();
        var due = stale.Values.Where(one => one.Due <= now).OrderBy(one => one.Due).Select(one => (IndexPart?)one.Part);
        return due.FirstOrDefault();
    }

    private void Add(IndexPart part, TimeSpan wait)
    {
        var now = time.GetTimestamp();
        var dropAt = part.Staleness == Staleness.Replaced ? now + TicksOf(LastTime) : long.MaxValue;
        stale[part.Number] = (part, now + TicksOf(wait), dropAt);
    }

    private long TicksOf(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
