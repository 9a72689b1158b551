using System.Globalization;
using System.Text;
using Chat.LoadTest.Measuring;
using Chat.LoadTest.Thresholds;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Reports;

/// <summary>The report for people at a terminal.</summary>
internal sealed class ReportText(LoadTexts texts)
{
    private readonly List<(string Label, string Value)> rows = [];

    public string Write(Report report)
    {
        rows.Clear();
        AddCounts(report);
        AddTimes(report);
        AddProblems(report);
        AddVerdicts(report);
        var width = rows.Max(row => row.Label.Length);
        var page = new StringBuilder();
        foreach (var (label, value) in rows)
            page.Append(label.PadRight(width)).Append("  ").Append(value).Append('\n');
        return page.Append(LastLine(report)).Append('\n').ToString();
    }

    private string LastLine(Report report)
    {
        if (!report.IsClean) return texts.NotClean;
        if (!report.IsGood) return texts.ThresholdsBroken;
        return report.Counts.Sent > 0 ? texts.Clean : texts.CleanWithoutMessages;
    }

    private void AddCounts(Report report)
    {
        var counts = report.Counts;
        Add(texts.LabelDaemon, report.Daemon is { } address
            ? texts.ConnectedDaemon(address)
            : texts.TemporaryDaemon(report.Durability!, report.FileSystem!));
        Add(texts.LabelUsers, texts.Users(counts.Users, report.UsersWanted, report.Rooms, report.Workers));
        if (report.Scenarios.Count > 1 || report.Scenarios[0].Settings.Kind != "fan-out")
            Add(texts.LabelScenarios, string.Join(", ", report.Scenarios.Select(one => one.Name)));
        if (counts.Sent > 0 || !report.IsClean)
        {
            Add(texts.LabelSent, texts.Sent(counts.Sent, counts.Echoed, report.Seconds + report.Warmup));
            Add(texts.LabelDelivered, texts.Delivered(counts.Delivered, report.DeliveriesPerSecond));
            Add(texts.LabelWrong, texts.Wrong(counts.Lost, counts.Doubled, counts.Disordered));
        }
        if (texts.ChangesOf(counts) is { } changes) Add(texts.LabelChanges, changes);
        if (counts.Holes + counts.Repeats + counts.Differing > 0)
            Add(texts.LabelNumbers, texts.Numbers(counts.Holes, counts.Repeats, counts.Differing));
    }

    private void AddTimes(Report report)
    {
        if (report.Warmup > 0) Add(texts.LabelWarmup, texts.Warmup(report.Warmup));
        foreach (var scenario in report.Scenarios)
        {
            var prefix = report.Scenarios.Count > 1 ? scenario.Name + " " : "";
            foreach (var (metric, latency) in scenario.Latencies.OrderBy(of => of.Key)) AddLatency(prefix + texts.Of(metric), latency);
        }
        if (report.Usage is { } usage)
        {
            var mebibytes = usage.Bytes / 1_048_576;
            Add(texts.LabelUsage, report.DaemonPerDelivery is { } each
                ? texts.Usage(usage.Seconds, mebibytes, each)
                : texts.UsageAlone(usage.Seconds, mebibytes));
        }
        Add(texts.LabelWorkers, texts.WorkerUsageOf(report));
        if (report.Saturated.Count > 0) Add(texts.LabelSaturated, texts.Saturated(report.Saturated.Count));
        if (report.ClockError is { } error) Add(texts.LabelClock, texts.ClocksOf(error, report.ClockDrift));
        if (report.Counters is { } counters)
            Add(texts.LabelCounters, texts.Counters(counters.Messages, counters.Deliveries, counters.SlowConsumers));
    }

    private void AddProblems(Report report)
    {
        var counts = report.Counts;
        Add(texts.LabelRefusals, counts.Refusals.Count == 0 ? texts.None : List(counts.Refusals));
        if (counts.NotIn.Count > 0) Add(texts.LabelNotIn, List(counts.NotIn));
        if (counts.Ended.Count > 0) Add(texts.LabelEnded, List(counts.Ended));
        if (counts.EndedAsPlanned.Count > 0) Add(texts.LabelEndedAsPlanned, List(counts.EndedAsPlanned));
        if (counts.Missed > 0) Add(texts.LabelMissed, texts.Missed(counts.Missed));
        if (counts.Unknown > 0) Add(texts.LabelUnknown, texts.Unknown(counts.Unknown));
        if (counts.Unsent > 0) Add(texts.LabelUnsent, texts.Unsent(counts.Unsent));
        if (counts.Unanswered > 0) Add(texts.LabelUnanswered, texts.Unanswered(counts.Unanswered));
        if (counts.Unechoed > 0) Add(texts.LabelUnechoed, texts.Unechoed(counts.Unechoed));
        if (counts.WrongAnswers > 0) Add(texts.LabelWrongAnswers, texts.WrongAnswers(counts.WrongAnswers));
        if (counts.Strayed > 0) Add(texts.LabelStrayed, texts.Strayed(counts.Strayed));
        foreach (var status in report.WorkersDied) Add(texts.LabelDied, texts.WorkerDied(status));
        if (report.DaemonEnded is { } ended) Add(texts.LabelDied, texts.DaemonEnded(ended));
        if (report.Interrupted) Add(texts.LabelInterrupted, texts.Interrupted);
    }

    private void AddVerdicts(Report report)
    {
        foreach (var threshold in report.Thresholds) Add(texts.LabelThreshold, texts.VerdictOn(threshold));
        if (report.Capacity is not { } capacity) return;
        foreach (var step in capacity.Steps) Add(texts.LabelStep, texts.Step(step));
        Add(texts.LabelCapacity, capacity.Factor > 0 ? texts.Capacity(capacity.Factor, capacity.Broke) : texts.NoCapacity(capacity.Broke));
    }

    private void AddLatency(string label, LatencyReport latency)
    {
        var p = latency.Planned;
        Add(label, string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {p.P50:0.00}  p90 {p.P90:0.00}  p99 {p.P99:0.00}  p99.9 {p.P999:0.00}  max {p.Max:0.00} ms"));
        // Say so only where it matters: the uncorrected figures hide what a slow daemon kept waiting.
        var raw = latency.Uncorrected;
        if (p.P99 > 2 * raw.P99 && p.P99 > 5)
            Add("", texts.Uncorrected(raw.P50, raw.P99, raw.Max));
    }

    private void Add(string label, string value) => rows.Add((OneLine.Of(label), OneLine.Of(value)));

    private static string List(Dictionary<string, int> counts) => string.Join(", ", counts
        .OrderByDescending(count => count.Value)
        .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} ×{count.Value}")));
}
