using Chat.LoadTest.Measuring;

namespace Chat.LoadTest.Reports;

/// <summary>What happened in a scenario from <paramref name="Second"/> on, until the next point.</summary>
/// <param name="Second">Since the end of the warm-up.</param>
/// <param name="Sent">Messages per second.</param>
/// <param name="Delivered">Deliveries per second.</param>
internal sealed record SeriesPoint(
    long Second, double Sent, double Delivered, long Refused, Dictionary<Metric, PointLatency> Latencies);
