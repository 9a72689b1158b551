namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>The latest changes of versions, until the daemon stops. Safe from any thread.</summary>
internal sealed class SwapHistory(SteadyTime time)
{
    private const int Kept = 100;

    private readonly Lock gate = new(); // guards the queue; nothing is called while it is held
    private readonly Queue<(Swap Swap, DateTimeOffset At, TimeSpan Duration)> swaps = [];

    public long Timestamp => time.GetTimestamp();

    /// <param name="begun">A <see cref="Timestamp"/>; null if nothing was waited for.</param>
    public void Add(Swap swap, long? begun)
    {
        var (at, duration) = (time.TimeOfDay, begun is { } start ? time.GetElapsedTime(start) : TimeSpan.Zero);
        lock (gate)
        {
            swaps.Enqueue((swap, at, duration));
            if (swaps.Count > Kept) swaps.Dequeue();
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<PluginSwapSummary> In(string language)
    {
        lock (gate)
        {
            return [.. swaps.Reverse().Select(one => new PluginSwapSummary(
                one.At, one.Swap.Plugin, one.Swap.Outcome, one.Swap.Before, one.Swap.After)
            {
                Duration = one.Duration,
                Reason = one.Swap.Reason?.In(language),
            })];
        }
    }

    /// <inheritdoc cref="PluginSwapSummary"/>
    internal sealed record Swap(string Plugin, string Outcome, string? Before, string? After, LocalizedText? Reason);
}
