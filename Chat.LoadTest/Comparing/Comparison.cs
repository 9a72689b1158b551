using Chat.LoadTest.Reports;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Thresholds;

namespace Chat.LoadTest.Comparing;

/// <summary>
/// What changed from runs A to runs B. Runs are paired in order, and each pair gives one ratio for each figure, so what the machine did
/// to both runs of a pair cancels out.
/// </summary>
internal sealed class Comparison
{
    private readonly List<(string Name, Report Report)> runs;

    private Comparison(List<(Report A, Report B)> pairs, IReadOnlyList<Change> changes)
    {
        (Pairs, Changes) = (pairs.Count, changes);
        Differences = [.. pairs.SelectMany(pair => DifferencesOf(pair.A, pair.B)).Distinct()];
        runs = [.. pairs.Select((pair, i) => ($"A {i + 1}", pair.A)), .. pairs.Select((pair, i) => ($"B {i + 1}", pair.B))];
    }

    public int Pairs { get; }

    public IReadOnlyList<Change> Changes { get; }

    /// <summary>Runs in which the load test itself could not keep up: <c>A 1</c>, <c>B 3</c>.</summary>
    public IReadOnlyList<string> Saturated => [.. runs.Where(run => run.Report.Saturated.Count > 0).Select(run => run.Name)];

    public IReadOnlyList<string> Interrupted => [.. runs.Where(run => run.Report.Interrupted).Select(run => run.Name)];

    /// <summary>Scenarios whose settings differ, and machines: they make the comparison less fair.</summary>
    public IReadOnlyList<string> Differences { get; }

    public static Comparison Of(IReadOnlyList<Report> a, IReadOnlyList<Report> b)
    {
        var pairs = a.Zip(b).ToList();
        var figures = Figures(a[0]).Where(figure => Figures(b[0]).Contains(figure)).ToList();
        return new(pairs, [.. figures.Select(figure => ChangeOf(figure, pairs)).OfType<Change>()]);
    }

    private static IEnumerable<(string? Scenario, string Name)> Figures(Report report)
    {
        foreach (var scenario in report.Scenarios)
        {
            foreach (var metric in scenario.Latencies.Keys.Order())
            {
                foreach (var part in (string[])["p50", "p99", "p99.9"])
                    yield return (scenario.Name, $"{FigureTable.NameOf(metric)}.{part}");
            }
            if (scenario.Counts.Sent > 0) yield return (scenario.Name, "delivered.rate");
        }
        foreach (var figure in (string[])["daemon.cpu", "daemon.memory", "tester.cpu"]) yield return (null, figure);
    }

    private static Change? ChangeOf((string? Scenario, string Name) figure, List<(Report A, Report B)> pairs)
    {
        double? Of(Report report) => FigureTable.Of(report, figure.Scenario, figure.Name);
        var values = pairs
            .Select(pair => (A: Of(pair.A), B: Of(pair.B)))
            .Where(pair => pair is { A: > 0, B: > 0 })
            .ToList();
        if (values.Count == 0) return null;
        var ratios = Interval.Of([.. values.Select(pair => Math.Log(pair.B!.Value / pair.A!.Value))]);
        return new(
            figure.Scenario, figure.Name, values.Average(pair => pair.A!.Value), values.Average(pair => pair.B!.Value), ratios,
            MoreIsBetter: figure.Name.EndsWith(".rate", StringComparison.Ordinal));
    }

    private static IEnumerable<string> DifferencesOf(Report a, Report b)
    {
        foreach (var (one, other) in a.Scenarios.Join(b.Scenarios, x => x.Name, x => x.Name, (x, y) => (x, y)))
        {
            if (!AreAlike(one.Settings, other.Settings)) yield return one.Name;
        }
        if (MachineOf(a) != MachineOf(b)) yield return $"{a.Host.Name} ≠ {b.Host.Name}";
    }

    private static bool AreAlike(ScenarioSettings a, ScenarioSettings b) =>
        a with { Stages = b.Stages } == b && a.Stages.SequenceEqual(b.Stages);

    private static RunHost MachineOf(Report report) => report.Host with { Version = "", Commit = null };
}
