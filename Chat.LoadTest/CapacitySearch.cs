using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Coordination;
using Chat.LoadTest.Reports;

namespace Chat.LoadTest;

/// <summary>Raises the load until a threshold breaks, then halves the interval around the knee.</summary>
internal sealed class CapacitySearch(Measurement measurement, LoadTexts texts)
{
    /// <summary>At most so many doublings, and halvings after them.</summary>
    private const int Doublings = 12, Halvings = 4;

    /// <summary>Messages that are refused put no load on the daemon.</summary>
    private const string Refused = "refused>0";

    private readonly List<CapacityStep> steps = [];
    private Measured? held, broken, cutShort;
    private string? broke;

    /// <summary>The report of the highest load that held, or of the lowest that broke, with all steps.</summary>
    public async Task<Measured> FindAsync(LoadOptions options, CancellationToken interrupted)
    {
        var (low, high) = (0.0, double.PositiveInfinity);
        for (var factor = 1.0; steps.Count < Doublings; factor *= 2)
        {
            if (await HoldsAsync(options, factor, interrupted) is not { } holds) break;
            if (!holds)
            {
                high = factor;
                break;
            }
            low = factor;
        }
        for (var i = 0; i < Halvings && low > 0 && double.IsFinite(high) && cutShort is null; i++)
        {
            var middle = (low + high) / 2;
            if (await HoldsAsync(options, middle, interrupted) is not { } holds) break;
            if (holds) low = middle;
            else high = middle;
        }
        if (steps.Count == 0) return cutShort!; // it shows no capacity, but is all there is
        var best = held ?? broken!;
        return best with
        {
            Report = best.Report with
            {
                // What broke above the knee is the point of the search, not a failure of the run.
                Capacity = new(low, broke, [.. steps.OrderBy(step => step.Factor)]),
                Interrupted = cutShort is not null,
            },
        };
    }

    /// <summary>Null if it was cut short, which shows nothing.</summary>
    private async Task<bool?> HoldsAsync(LoadOptions options, double factor, CancellationToken interrupted)
    {
        await Console.Error.WriteLineAsync(texts.Trying(factor));
        var measured = await measurement.RunAsync(options.Times(factor), interrupted);
        var report = measured.Report;
        if (report.Interrupted)
        {
            cutShort = measured;
            return null;
        }
        var first = report.Thresholds.FirstOrDefault(threshold => threshold.Broken);
        var problems = report.Thresholds.Where(threshold => threshold.Broken).Select(threshold => threshold.Expression).ToList();
        if (report.Counts.Unsent > 0) problems.Add("unsent>0");
        if (report.Counts.Refusals.Count > 0 && !problems.Contains(Refused)) problems.Add(Refused);
        if (!report.IsClean) problems.Add(texts.NotClean);
        var main = report.Scenarios[0];
        var metric = LiveFigures.MainOf(main.Latencies.Keys);
        steps.Add(new(
            factor,
            report.Scenarios.Sum(one => one.SentPerSecond),
            report.DeliveriesPerSecond,
            metric is { } of ? main.Latencies[of].Planned.P99 : null,
            report.Usage is { } usage && report.Seconds > 0 ? Math.Round(usage.Seconds * 100 / report.Seconds, 1) : null,
            problems,
            report.Saturated.Count));
        if (problems.Count == 0)
        {
            held = measured;
            return true;
        }
        (broken, broke) = (measured, first?.Expression ?? problems[0]);
        return false;
    }
}
