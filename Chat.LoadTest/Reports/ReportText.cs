using System.Globalization;
using System.Text;
using Chat.Protocol;

namespace Chat.LoadTest.Reports;

/// <summary>The report for people, narrow enough for any terminal.</summary>
internal sealed class ReportText(LoadTexts texts)
{
    private readonly List<(string Label, string Value)> rows = [];

    public string Write(Report report)
    {
        rows.Clear();
        var counts = report.Counts;
        Row(texts.LabelDaemon, report.Daemon is { } other ? texts.OtherDaemon(other) : texts.OwnDaemon(report.Durability!, report.FileSystem!));
        Row(texts.LabelUsers, texts.Users(counts.Users, report.UsersWanted, report.Rooms, report.Workers));
        Row(texts.LabelSent, texts.Sent(counts.Sent, counts.Echoed, report.Seconds + report.Warmup));
        Row(texts.LabelDelivered, texts.Delivered(counts.Delivered, report.DeliveriesPerSecond));
        Row(texts.LabelWrong, texts.Wrong(counts.Lost, counts.Doubled, counts.Disordered));
        if (report.Warmup > 0) Row(texts.LabelWarmup, texts.Warmup(report.Warmup));
        Latency(texts.LabelEcho, report.Echo);
        Latency(texts.LabelDelivery, report.Delivery);
        if (report.Usage is { } usage) Row(texts.LabelUsage, texts.Usage(usage.Seconds, usage.Bytes / 1_048_576, counts.Measured > 0 ? usage.Seconds * 1e6 / counts.Measured : 0));
        Row(texts.LabelWorkers, texts.WorkerUsage(counts.WorkerSeconds));
        if (report.Counters is { } counters) Row(texts.LabelCounters, texts.Counters(counters.Messages, counters.Deliveries, counters.SlowConsumers));
        Troubles(report);
        var width = rows.Max(row => row.Label.Length);
        var page = new StringBuilder();
        foreach (var (label, value) in rows) page.Append(label.PadRight(width)).Append("  ").Append(TextRules.Harmless(value)).Append('\n');
        return page.Append(report.IsClean ? texts.Clean : texts.NotClean).Append('\n').ToString();
    }

    private void Troubles(Report report)
    {
        var counts = report.Counts;
        Row(texts.LabelErrors, counts.Refusals.Count == 0 ? texts.None : List(counts.Refusals));
        if (counts.NotIn.Count > 0) Row(texts.LabelNotIn, List(counts.NotIn));
        if (counts.Ended.Count > 0) Row(texts.LabelEnded, List(counts.Ended));
        if (counts.Missed > 0) Row(texts.LabelMissed, texts.Missed(counts.Missed));
        if (counts.Unknown > 0) Row(texts.LabelUnknown, texts.Unknown(counts.Unknown));
        if (counts.Unsent > 0) Row(texts.LabelUnsent, texts.Unsent(counts.Unsent));
        if (counts.Strayed > 0) Row(texts.LabelStrayed, texts.Strayed(counts.Strayed));
        foreach (var status in report.WorkersDied) Row(texts.LabelDied, texts.WorkerDied(status));
        if (report.DaemonEnded is { } ended) Row(texts.LabelDied, texts.DaemonEnded(ended));
        if (report.Interrupted) Row(texts.LabelInterrupted, texts.Interrupted);
    }

    private void Latency(string label, Percentiles? found)
    {
        if (found is { } p) Row(label, string.Create(CultureInfo.InvariantCulture, $"p50 {p.P50:0.00}  p90 {p.P90:0.00}  p99 {p.P99:0.00}  p99.9 {p.P999:0.00}  max {p.Max:0.00} ms"));
    }

    private void Row(string label, string value) => rows.Add((label, value));

    private static string List(Dictionary<string, int> counts) =>
        string.Join(", ", counts.OrderByDescending(one => one.Value).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} ×{one.Value}")));
}
