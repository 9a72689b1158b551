using Chat.LoadTest.Measuring;

namespace Chat.LoadTest.Reports;

/// <summary>The latencies of one metric over the whole run.</summary>
/// <param name="Planned">From the planned moment.</param>
/// <param name="Uncorrected">From the moment when the request was written.</param>
/// <param name="Spectrum">Percentile and milliseconds from the planned moment.</param>
internal sealed record LatencyReport(Percentiles Planned, Percentiles Uncorrected, IReadOnlyList<double[]> Spectrum)
{
    private static readonly double[] Steps =
        [0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97, 98, 99, 99.5, 99.7, 99.8, 99.9, 99.95, 99.97, 99.98, 99.99, 99.995,
         99.997, 99.998, 99.999, 100];

    public static LatencyReport Of(LatencyPair pair) => new(
        Percentiles.Of(pair.Planned)!,
        Percentiles.Of(pair.Uncorrected)!,
        [.. Steps.Where(step => IsKnown(step, pair.Planned.Count)).Select(step => new[] { step, pair.Planned.At(step) })]);

    /// <summary>A percentile needs at least one event above it.</summary>
    private static bool IsKnown(double step, long count) => step is 0 or 100 || count * (100 - step) >= 100;
}
