using System.Globalization;
using System.Text;
using Chat.Protocol;

namespace Chat.LoadTest.Reports;

/// <summary>The report for people.</summary>
internal sealed class ReportText(LoadTexts texts)
{
    private readonly List<(string Label, string Value)> rows = [];

    public string Write(Report report)
    {
        rows.Clear();
        AddCounts(report);
        AddTimes(report);
        AddProblems(report);
        var width = rows.Max(row => row.Label.Length);
        var page = new StringBuilder();
        foreach (var (label, value) in rows)
            page.Append(label.PadRight(width)).Append("  ").Append(TextRules.Harmless(value)).Append('\n');
        return page.Append(report.IsClean ? texts.Clean : texts.NotClean).Append('\n').ToString();
    }

    private void AddCounts(Report report)
    {
        var counts = report.Counts;
        Add(texts.LabelDaemon, report.Daemon is { } address
            ? texts.ConnectedDaemon(address)
            : texts.TemporaryDaemon(report.Durability!, report.FileSystem!));
        Add(texts.LabelUsers, texts.Users(counts.Users, report.UsersWanted, report.Rooms, report.Workers));
        Add(texts.LabelSent, texts.Sent(counts.Sent, counts.Echoed, report.Seconds + report.Warmup));
        Add(texts.LabelDelivered, texts.Delivered(counts.Delivered, report.DeliveriesPerSecond));
        Add(texts.LabelWrong, texts.Wrong(counts.Lost, counts.Doubled, counts.Disordered));
    }

    private void AddTimes(Report report)
    {
        var counts = report.Counts;
        if (report.Warmup > 0) Add(texts.LabelWarmup, texts.Warmup(report.Warmup));
        AddLatency(texts.LabelEcho, report.Echo);
        AddLatency(texts.LabelDelivery, report.Delivery);
        if (report.Usage is { } usage)
        {
            var microseconds = counts.Measured > 0 ? usage.Seconds * 1e6 / counts.Measured : 0;
            Add(texts.LabelUsage, texts.Usage(usage.Seconds, usage.Bytes / 1_048_576, microseconds));
        }
        Add(texts.LabelWorkers, texts.WorkerUsage(counts.WorkerSeconds));
        if (report.Counters is { } counters)
            Add(texts.LabelCounters, texts.Counters(counters.Messages, counters.Deliveries, counters.SlowConsumers));
    }

    private void AddProblems(Report report)
    {
        var counts = report.Counts;
        Add(texts.LabelRefusals, counts.Refusals.Count == 0 ? texts.None : List(counts.Refusals));
        if (counts.NotIn.Count > 0) Add(texts.LabelNotIn, List(counts.NotIn));
        if (counts.Ended.Count > 0) Add(texts.LabelEnded, List(counts.Ended));
        if (counts.Missed > 0) Add(texts.LabelMissed, texts.Missed(counts.Missed));
        if (counts.Unknown > 0) Add(texts.LabelUnknown, texts.Unknown(counts.Unknown));
        if (counts.Unsent > 0) Add(texts.LabelUnsent, texts.Unsent(counts.Unsent));
        if (counts.Strayed > 0) Add(texts.LabelStrayed, texts.Strayed(counts.Strayed));
        foreach (var status in report.WorkersDied) Add(texts.LabelDied, texts.WorkerDied(status));
        if (report.DaemonEnded is { } ended) Add(texts.LabelDied, texts.DaemonEnded(ended));
        if (report.Interrupted) Add(texts.LabelInterrupted, texts.Interrupted);
    }

    private void AddLatency(string label, Percentiles? latency)
    {
        if (latency is not { } p) return;
        Add(label, string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {p.P50:0.00}  p90 {p.P90:0.00}  p99 {p.P99:0.00}  p99.9 {p.P999:0.00}  max {p.Max:0.00} ms"));
    }

    private void Add(string label, string value) => rows.Add((label, value));

    private static string List(Dictionary<string, int> counts) => string.Join(", ", counts
        .OrderByDescending(count => count.Value)
        .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} ×{count.Value}")));
}
