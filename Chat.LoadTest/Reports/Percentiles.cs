using Chat.LoadTest.Measuring;

namespace Chat.LoadTest.Reports;

/// <summary>Latencies in milliseconds.</summary>
internal sealed record Percentiles(
    double P50, double P90, double P99, double P999, double P9999, double P99999, double Max, double Mean, long Count)
{
    /// <summary>Null if there are none.</summary>
    public static Percentiles? Of(Latency latency) => latency.IsEmpty
        ? null
        : new(
            latency.At(50), latency.At(90), latency.At(99), latency.At(99.9), latency.At(99.99), latency.At(99.999),
            latency.Largest, Math.Round(latency.Mean, 3), latency.Count);
}
