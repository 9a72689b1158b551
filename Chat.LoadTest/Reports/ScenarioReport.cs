using Chat.LoadTest.Measuring;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Reports;

/// <summary>The result of one scenario.</summary>
internal sealed record ScenarioReport
{
    public required string Name { get; init; }

    public required ScenarioSettings Settings { get; init; }

    public required Counts Counts { get; init; }

    /// <summary>Seconds from the end of the warm-up, or from its start if that is later, to the last delivery.</summary>
    public double Seconds { get; init; }

    public double SentPerSecond { get; init; }

    public double DeliveriesPerSecond { get; init; }

    public required Dictionary<Metric, LatencyReport> Latencies { get; init; }

    public required IReadOnlyList<SeriesPoint> Series { get; init; }
}
