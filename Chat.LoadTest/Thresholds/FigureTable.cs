using System.Text.Json;
using Chat.LoadTest.Measuring;
using Chat.LoadTest.Reports;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Thresholds;

/// <summary>The figures that a threshold may name.</summary>
internal static class FigureTable
{
    private static readonly Dictionary<string, Func<Percentiles, double>> Parts = new()
    {
        ["p50"] = p => p.P50,
        ["p90"] = p => p.P90,
        ["p99"] = p => p.P99,
        ["p99.9"] = p => p.P999,
        ["p99.99"] = p => p.P9999,
        ["p99.999"] = p => p.P99999,
        ["max"] = p => p.Max,
        ["mean"] = p => p.Mean,
    };

    private static readonly Dictionary<string, Func<Counts, double>> OfCounts = new()
    {
        ["lost"] = c => c.Lost,
        ["doubled"] = c => c.Doubled,
        ["disordered"] = c => c.Disordered,
        ["strayed"] = c => c.Strayed,
        ["holes"] = c => c.Holes,
        ["repeats"] = c => c.Repeats,
        ["differing"] = c => c.Differing,
        ["missed"] = c => c.Missed,
        ["unknown"] = c => c.Unknown,
        ["unsent"] = c => c.Unsent,
        ["unanswered"] = c => c.Unanswered,
        ["unechoed"] = c => c.Unechoed,
        ["wrong_answers"] = c => c.WrongAnswers,
        ["changed"] = c => c.Changed,
        ["changes_delivered"] = c => c.ChangesDelivered,
        ["changes_lost"] = c => c.ChangesLost,
        ["changes_doubled"] = c => c.ChangesDoubled,
        ["changes_disordered"] = c => c.ChangesDisordered,
        ["changes_differing"] = c => c.ChangesDiffering,
        ["refused"] = c => c.Refusals.Values.Sum(),
        ["ended"] = c => c.Ended.Values.Sum(),
        ["not_in"] = c => c.NotIn.Values.Sum(),
        ["sent"] = c => c.Sent,
        ["delivered"] = c => c.Delivered,
    };

    private static readonly Dictionary<string, Func<Report, double?>> OfRun = new()
    {
        ["daemon.cpu"] = r => r.Usage is { } usage && r.Seconds > 0 ? usage.Seconds * 100 / r.Seconds : null,
        ["daemon.memory"] = r => r.Usage?.Bytes / 1_048_576.0,
        ["tester.cpu"] = r => r.Seconds > 0 ? r.Counts.WorkerSeconds * 100 / r.Seconds : null,
        ["tester.memory"] = r => r.TesterBytes / 1_048_576.0,
        ["tester.saturated"] = r => r.Saturated.Count,
    };

    private static readonly Dictionary<string, Func<ScenarioReport, double>> Rates = new()
    {
        ["sent.rate"] = s => s.SentPerSecond,
        ["delivered.rate"] = s => s.DeliveriesPerSecond,
    };

    private static readonly Dictionary<string, Metric> Metrics = Enum.GetValues<Metric>().ToDictionary(NameOf);

    /// <summary>For the guide and for error sentences.</summary>
    public static IEnumerable<string> Names =>
        [.. Metrics.Keys.Select(metric => $"{metric}.p99"), .. Rates.Keys, .. OfCounts.Keys, .. OfRun.Keys];

    public static bool Knows(string figure) =>
        OfCounts.ContainsKey(figure) || OfRun.ContainsKey(figure) || Rates.ContainsKey(figure) || IsLatency(figure, out _, out _);

    /// <summary>
    /// Latencies in milliseconds, memory in mebibytes, processor time in percent of one core. Null if the run has no such figure.
    /// </summary>
    /// <param name="scenario">Null for all scenarios together; for latencies, the worst of them.</param>
    public static double? Of(Report report, string? scenario, string figure)
    {
        if (OfRun.TryGetValue(figure, out var ofRun)) return ofRun(report);
        var scenarios = report.Scenarios.Where(one => scenario is null || one.Name == scenario).ToList();
        if (scenarios.Count == 0) return null;
        if (OfCounts.TryGetValue(figure, out var ofCounts)) return scenarios.Sum(one => ofCounts(one.Counts));
        if (Rates.TryGetValue(figure, out var rate)) return scenarios.Sum(rate);
        if (!IsLatency(figure, out var metric, out var part)) return null;
        return scenarios.Where(one => one.Latencies.ContainsKey(metric)).Select(one => (double?)part(one.Latencies[metric].Planned)).Max();
    }

    public static string NameOf(Metric metric) => JsonNamingPolicy.SnakeCaseLower.ConvertName(metric.ToString());

    private static bool IsLatency(string figure, out Metric metric, out Func<Percentiles, double> part)
    {
        (metric, part) = (default, _ => 0);
        var dot = figure.IndexOf('.');
        return dot > 0 && Metrics.TryGetValue(figure[..dot], out metric) && Parts.TryGetValue(figure[(dot + 1)..], out part!);
    }
}
