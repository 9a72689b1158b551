using System.Globalization;
using Chat.LoadTest.Measuring;
using Chat.LoadTest.Reports;
using Chat.LoadTest.Thresholds;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest;

/// <summary>Choosing among the texts.</summary>
internal static class ComposedTexts
{
    public static string Of(this LoadTexts texts, Metric metric) => metric switch
    {
        Metric.Echo => texts.LabelEcho,
        Metric.Delivery => texts.LabelDelivery,
        Metric.LastMember => texts.LabelLastMember,
        Metric.Login => texts.LabelLogin,
        Metric.Resume => texts.LabelResume,
        Metric.Command => texts.LabelCommand,
        Metric.History => texts.LabelHistory,
        Metric.Search => texts.LabelSearch,
        Metric.Change => texts.LabelChange,
        Metric.ChangeDelivery => texts.LabelChangeDelivery,
        _ => texts.LabelPing,
    };

    public static string WorkerUsageOf(this LoadTexts texts, Report report)
    {
        var (seconds, mebibytes) = (report.Counts.WorkerSeconds, report.TesterBytes / 1_048_576);
        return report.TesterPerDelivery is { } each ? texts.Usage(seconds, mebibytes, each) : texts.UsageAlone(seconds, mebibytes);
    }

    public static string ClocksOf(this LoadTexts texts, double error, double? drift) =>
        drift is { } apart ? texts.ClocksDrifted(error, apart) : texts.ClockError(error);

    /// <summary>Null if there were none.</summary>
    public static string? ChangesOf(this LoadTexts texts, Counts counts) =>
        counts is { Changed: 0, ChangesDelivered: 0, ChangesLost: 0 }
            ? null
            : texts.Changes(
                counts.Changed, counts.ChangesDelivered, counts.ChangesLost, counts.ChangesDoubled, counts.ChangesDisordered,
                counts.ChangesDiffering);

    public static string VerdictOn(this LoadTexts texts, ThresholdResult result) => result switch
    {
        { Measured: null } => texts.ThresholdUnmeasured(result.Expression),
        { Broken: true } => texts.ThresholdBroken(result.Expression, result.Measured.Value),
        _ => texts.ThresholdHeld(result.Expression, result.Measured.Value),
    };

    public static string Step(this LoadTexts texts, CapacityStep step) => texts.StepText(
        step.Factor, step.SentPerSecond, step.DeliveriesPerSecond, Number(step.Latency), Number(step.DaemonCpu),
        texts.VerdictOn(step));

    public static string VerdictOn(this LoadTexts texts, CapacityStep step)
    {
        var verdict = step.Broken.Count == 0 ? texts.StepHeld : string.Join(", ", step.Broken);
        return step.Saturated > 0 ? texts.StepSaturated(verdict, step.Saturated) : verdict;
    }

    public static string Capacity(this LoadTexts texts, double factor, string? broke) =>
        broke is null ? texts.CapacityUnbounded(factor) : texts.CapacityFound(factor, broke);

    private static string Number(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–";
}
