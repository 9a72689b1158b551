using Chat.LoadTest.Measuring;
using Chat.LoadTest.Reports;

namespace Chat.LoadTest.Coordination;

/// <summary>Where the run is now, all scenarios together.</summary>
/// <param name="Newest">The newest latencies, by scenario.</param>
internal sealed record LiveFigures(int Users, long Sent, long Delivered, long Refused, IReadOnlyList<SeriesPoint?> Newest)
{
    public static LiveFigures Of(IReadOnlyCollection<ScenarioGathering> scenarios) => new(
        scenarios.Sum(scenario => scenario.Users),
        scenarios.Sum(scenario => scenario.Sent),
        scenarios.Sum(scenario => scenario.Delivered),
        scenarios.Sum(scenario => scenario.Refused),
        [.. scenarios.Select(scenario => scenario.Newest)]);

    /// <summary>The metric that says most about a scenario.</summary>
    public static Metric? MainOf(IEnumerable<Metric> metrics)
    {
        Metric[] order = [Metric.Delivery, Metric.Command, Metric.History, Metric.Resume, Metric.Login, Metric.Ping, Metric.Echo];
        var present = metrics.ToHashSet();
        foreach (var metric in order)
            if (present.Contains(metric)) return metric;
        return null;
    }
}
