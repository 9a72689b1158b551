namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>A webhook waits before its next try.</summary>
/// <param name="Failed">Tries that failed, one after the other.</param>
/// <param name="Reason">Why the last one failed.</param>
internal sealed record BackOff(int Failed, DateTimeOffset Until, string Reason)
{
    private const double Jitter = 0.1;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Twice as long each time, up to an hour, and not all at once when a receiver comes back.</summary>
    /// <param name="atLeast">What the receiver asks for.</param>
    public static BackOff After(BackOff? before, DateTimeOffset now, string reason, TimeSpan? atLeast)
    {
        var failed = (before?.Failed ?? 0) + 1;
        var doubled = First * Math.Pow(2, Math.Min(failed - 1, 20)) * (1 + (Jitter * Random.Shared.NextDouble()));
        var wait = atLeast is { } asked && asked > doubled ? asked : doubled;
        return new(failed, now + (wait < Longest ? wait : Longest), reason);
    }
}
