using System.Globalization;
using Chat.LoadTest.Thresholds;

namespace Chat.LoadTest.Reports;

/// <summary>The tables of a report, the same in Markdown and HTML.</summary>
internal sealed class ReportTables(LoadTexts texts, Report report)
{
    public ReportTable Run() => new(texts.TableRun, ["", ""],
    [
        [texts.RowDate, report.Date.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)],
        [texts.LabelDaemon, Daemon()],
        [texts.RowMachine, Machine(report.Host)],
        [texts.RowProgram, $"chat-load {report.Host.Version} {report.Host.Commit}".Trim()],
        [texts.LabelUsers, texts.Users(report.Counts.Users, report.UsersWanted, report.Rooms, report.Workers)],
        [texts.RowSeed, report.Seed.ToString(CultureInfo.InvariantCulture)],
        .. Usage(),
    ]);

    public ReportTable Scenarios() => new(
        texts.TableScenarios,
        [
            texts.ColumnScenario, texts.ColumnKind, texts.LabelUsers, texts.ColumnStages, texts.LabelSent, texts.LabelDelivered,
            texts.ColumnRate, texts.ColumnLost, texts.ColumnDoubled, texts.ColumnDisordered, texts.LabelRefusals,
        ],
        [.. report.Scenarios.Select(one => new[]
        {
            one.Name, one.Settings.Kind, Whole(one.Counts.Users),
            one.Settings.Window > 0 ? texts.ClosedModel(one.Settings.Window) : string.Join(", ", one.Settings.Stages.Select(StageText)),
            Whole(one.Counts.Sent), Whole(one.Counts.Delivered), Whole((long)one.DeliveriesPerSecond), Whole(one.Counts.Lost),
            Whole(one.Counts.Doubled), Whole(one.Counts.Disordered),
            Whole(one.Counts.Refusals.Values.Sum() + one.Counts.NotIn.Values.Sum()),
        })]);

    public ReportTable Latencies() => new(
        texts.TableLatencies,
        [texts.ColumnScenario, texts.ColumnMetric, "n", "p50", "p90", "p99", "p99.9", "p99.99", "max", texts.ColumnUncorrected],
        [.. report.Scenarios.SelectMany(one => one.Latencies.OrderBy(of => of.Key).Select(of => new[]
        {
            one.Name, texts.Of(of.Key), Whole(of.Value.Planned.Count), Number(of.Value.Planned.P50), Number(of.Value.Planned.P90),
            Number(of.Value.Planned.P99), Number(of.Value.Planned.P999), Number(of.Value.Planned.P9999), Number(of.Value.Planned.Max),
            Number(of.Value.Uncorrected.P99),
        }))]);

    public ReportTable Verdicts() => new(
        texts.TableThresholds, [texts.LabelThreshold, texts.ColumnMeasured, texts.ColumnVerdict],
        [.. report.Thresholds.Select(one => new[] { one.Expression, Number(one.Measured), one.Broken ? "✗" : "✓" })]);

    public ReportTable Steps() => new(
        texts.TableCapacity,
        ["×", texts.LabelSent + "/s", texts.LabelDelivered + "/s", "p99 ms", texts.LabelDaemon + " % CPU", texts.ColumnVerdict],
        [.. (report.Capacity?.Steps ?? []).Select(step => new[]
        {
            Number(step.Factor), Whole((long)step.SentPerSecond), Whole((long)step.DeliveriesPerSecond),
            Number(step.Latency), Number(step.DaemonCpu),
            (step.Broken.Count == 0 ? "✓ " : "✗ ") + texts.VerdictOn(step),
        })]);

    /// <summary>What went wrong; empty if nothing did.</summary>
    public IReadOnlyList<string> Problems()
    {
        var counts = report.Counts;
        List<string> problems = [];
        if (counts.Lost + counts.Doubled + counts.Disordered > 0) problems.Add(texts.Wrong(counts.Lost, counts.Doubled, counts.Disordered));
        if (counts.Holes + counts.Repeats + counts.Differing > 0)
            problems.Add(texts.Numbers(counts.Holes, counts.Repeats, counts.Differing));
        if (counts.ChangesLost + counts.ChangesDoubled + counts.ChangesDisordered + counts.ChangesDiffering > 0)
            problems.Add($"{texts.LabelChanges}: {texts.ChangesOf(counts)}");
        if (counts.NotIn.Count > 0) problems.Add($"{texts.LabelNotIn}: {List(counts.NotIn)}");
        if (counts.Ended.Count > 0) problems.Add($"{texts.LabelEnded}: {List(counts.Ended)}");
        if (counts.Refusals.Count > 0) problems.Add($"{texts.LabelRefusals}: {List(counts.Refusals)}");
        if (counts.Missed > 0) problems.Add(texts.Missed(counts.Missed));
        if (counts.Unknown > 0) problems.Add(texts.Unknown(counts.Unknown));
        if (counts.Unsent > 0) problems.Add(texts.Unsent(counts.Unsent));
        if (counts.Unanswered > 0) problems.Add(texts.Unanswered(counts.Unanswered));
        if (counts.Unechoed > 0) problems.Add(texts.Unechoed(counts.Unechoed));
        if (counts.WrongAnswers > 0) problems.Add(texts.WrongAnswers(counts.WrongAnswers));
        if (counts.Strayed > 0) problems.Add(texts.Strayed(counts.Strayed));
        problems.AddRange(report.WorkersDied.Select(texts.WorkerDied));
        if (report.DaemonEnded is { } ended) problems.Add(texts.DaemonEnded(ended));
        if (report.Interrupted) problems.Add(texts.Interrupted);
        if (report.Saturated.Count > 0) problems.Add($"{texts.LabelSaturated}: {texts.Saturated(report.Saturated.Count)}");
        return problems;
    }

    public string Headline() => report switch
    {
        { IsClean: false } => texts.NotClean,
        { IsGood: false } => texts.ThresholdsBroken,
        { Capacity: { Factor: > 0 } capacity } => $"{texts.LabelCapacity}: {texts.Capacity(capacity.Factor, capacity.Broke)}",
        { Capacity: { } capacity } => $"{texts.LabelCapacity}: {texts.NoCapacity(capacity.Broke)}",
        { Counts.Sent: > 0 } => texts.Clean,
        _ => texts.CleanWithoutMessages,
    };

    private IEnumerable<string[]> Usage()
    {
        if (report.Usage is { } usage)
        {
            var mebibytes = usage.Bytes / 1_048_576;
            var seconds = usage.Seconds;
            yield return
            [
                texts.LabelUsage,
                report.DaemonPerDelivery is { } each ? texts.Usage(seconds, mebibytes, each) : texts.UsageAlone(seconds, mebibytes),
            ];
        }
        yield return [texts.LabelWorkers, texts.WorkerUsageOf(report)];
        if (report.ClockError is { } error) yield return [texts.LabelClock, texts.ClocksOf(error, report.ClockDrift)];
    }

    private string Daemon() => report.Daemon is { } address
        ? texts.ConnectedDaemon(address)
        : texts.TemporaryDaemon(report.Durability ?? "", report.FileSystem ?? "");

    private static string Machine(RunHost host) => $"{host.Name}: {host.Processor}, {host.Cores} × CPU, {host.System}, {host.Runtime}";

    private static string StageText(Scenarios.Stage stage) => string.Create(
        CultureInfo.InvariantCulture, $"{stage.Seconds:0.###} s: {(stage.From is { } from ? $"{from:0.###}–" : "")}{stage.Rate:0.###}/s");

    private static string List(Dictionary<string, int> counts) => string.Join(", ", counts.OrderByDescending(count => count.Value)
        .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} ×{count.Value}")));

    private static string Whole(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Number(double? value) => value is { } known ? Number(known) : "–";

    private static string Number(double value) => value.ToString(value < 100 ? "0.##" : "#,0", CultureInfo.InvariantCulture);
}
