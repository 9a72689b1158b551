namespace Chat.Daemon.Search;

/// <summary>Stale parts of the index, and when each must be built anew or dropped. For the index's thread.</summary>
internal sealed class PartQueue(TimeProvider time)
{
    /// <summary>One building serves many edits; with what follows it stays well within the minute that the protocol promises.</summary>
    private static readonly TimeSpan ReplacedTime = TimeSpan.FromSeconds(15);

    /// <summary>Rows of a room or of old messages go over a long time. Nothing leads to them meanwhile.</summary>
    private static readonly TimeSpan DeletedTime = TimeSpan.FromMinutes(10);

    /// <summary>If so many parts are stale that one is not built by then, it is dropped, and built later.</summary>
    private static readonly TimeSpan LastTime = TimeSpan.FromSeconds(40);

    private readonly Dictionary<long, Stale> stale = [];

    public bool IsEmpty => stale.Count == 0;

    /// <summary>Whether a part is left that was stale at the last <see cref="Hurry"/>.</summary>
    public bool HasHurried => stale.Values.Any(one => one.IsHurried);

    /// <summary>A part that an earlier process has left stale is due at once.</summary>
    public void AddLeft(IndexPart part) => Add(part, TimeSpan.Zero);

    /// <summary>Adds a part, or notes that it is staler than before. It is never due later than it was.</summary>
    public void Add(IndexPart part) => Add(part, part.Staleness == Staleness.Replaced ? ReplacedTime : DeletedTime);

    public void Remove(IndexPart part) => stale.Remove(part.Number);

    /// <summary>Makes every part due that is stale now. Those that become stale later do not go before them.</summary>
    public void Hurry()
    {
        var now = time.GetTimestamp();
        foreach (var one in stale.Values.ToList())
            stale[one.Part.Number] = one with { Due = Math.Min(one.Due, now), IsHurried = true };
    }

    /// <returns>The part that has waited too long, and longest; null if none has.</returns>
    public IndexPart? NextOverdue() => Next(one => one.DropAt);

    /// <returns>The part that is due, and has been for longest; null if none is.</returns>
    public IndexPart? NextDue() => Next(one => one.Due);

    private IndexPart? Next(Func<Stale, long> timeOf)
    {
        if (stale.Count == 0) return null;
        var next = stale.Values.MinBy(timeOf);
        return timeOf(next) <= time.GetTimestamp() ? next.Part : null;
    }

    private void Add(IndexPart part, TimeSpan wait)
    {
        var now = time.GetTimestamp();
        var dropAt = part.Staleness == Staleness.Replaced ? now + TicksOf(LastTime) : long.MaxValue;
        var added = new Stale(part, now + TicksOf(wait), dropAt, IsHurried: false);
        stale[part.Number] = stale.TryGetValue(part.Number, out var before)
            ? added with { Due = Math.Min(before.Due, added.Due), IsHurried = before.IsHurried }
            : added;
    }

    private long TicksOf(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private readonly record struct Stale(IndexPart Part, long Due, long DropAt, bool IsHurried);
}
