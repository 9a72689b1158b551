namespace Chat.Daemon.Diagnostics;

/// <summary>The counts of one filter, handler or route. Safe from any thread.</summary>
internal sealed class HookCounts
{
    private long ticks;

    /// <param name="outcomes">All possible outcomes, so that each is reported from the start, as 0.</param>
    public HookCounts(IEnumerable<string> outcomes)
    {
        foreach (var outcome in outcomes) _ = Outcomes[outcome];
    }

    public LabelledCounters Outcomes { get; } = new();

    /// <summary>Events queued.</summary>
    public Counter Waiting { get; } = new();

    public TimeSpan Time => TimeSpan.FromTicks(Interlocked.Read(ref ticks));

    public void AddTime(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);
}
