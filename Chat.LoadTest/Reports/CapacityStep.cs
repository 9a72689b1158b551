namespace Chat.LoadTest.Reports;

/// <summary>One step of a search for the capacity.</summary>
/// <param name="Factor">The multiple of the given load.</param>
/// <param name="Latency">p99 of the main metric, in milliseconds.</param>
/// <param name="DaemonCpu">Percent of one core; null if the daemon's process cannot be read.</param>
/// <param name="Broken">The thresholds that broke, and other problems.</param>
/// <param name="Saturated">Seconds in which the load test itself could not keep up.</param>
internal sealed record CapacityStep(
    double Factor,
    double SentPerSecond,
    double DeliveriesPerSecond,
    double? Latency,
    double? DaemonCpu,
    IReadOnlyList<string> Broken,
    int Saturated = 0);
