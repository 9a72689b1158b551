using Chat.LoadTest.Measuring;

namespace Chat.LoadTest.Workers;

/// <summary>What the users of a scenario in one worker have done: totals so far, and latencies since the tick before.</summary>
/// <param name="Users">Connected now.</param>
/// <param name="Late">How late, in microseconds, the worst planned moment was taken up.</param>
/// <param name="Reached">Messages that have reached all their members here.</param>
internal sealed record ScenarioTick(
    int Users,
    long Sent,
    long Delivered,
    long Refused,
    long Late,
    Dictionary<Metric, PackedPair> Latencies,
    IReadOnlyList<ReachedAll> Reached);
