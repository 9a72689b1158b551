using Chat.LoadTest.Measuring;

namespace Chat.LoadTest.Reports;

/// <summary>The plots of a report.</summary>
internal sealed class ReportPlots(LoadTexts texts, Report report)
{
    private static readonly (double Percentile, string Label)[] Percentiles =
        [(0, "0"), (90, "90"), (99, "99"), (99.9, "99.9"), (99.99, "99.99"), (99.999, "99.999")];

    public IEnumerable<string> OfScenario(ScenarioReport scenario)
    {
        foreach (var metric in scenario.Latencies.Keys.Order())
        {
            IEnumerable<(double, double)> Over(Func<PointLatency, double> of) => scenario.Series
                .Where(point => point.Latencies.ContainsKey(metric))
                .Select(point => ((double)point.Second, of(point.Latencies[metric])));
            var plot = new SvgPlot(texts.PlotLatency(texts.Of(metric)), texts.AxisSeconds, "ms")
                .Line("p50", Over(l => l.P50)).Line("p99", Over(l => l.P99)).Line("max", Over(l => l.Max));
            foreach (var second in report.Saturated) plot.Mark(second, second + 1);
            if (!plot.IsEmpty) yield return plot.Draw();
        }
        if (scenario.Latencies.Count > 0) yield return Spectrum(scenario);
        var rates = new SvgPlot(texts.PlotThroughput, texts.AxisSeconds, "1/s")
            .Line(texts.LabelSent, scenario.Series.Select(point => ((double)point.Second, point.Sent)))
            .Line(texts.LabelDelivered, scenario.Series.Select(point => ((double)point.Second, point.Delivered)));
        if (scenario.Counts.Sent > 0 && !rates.IsEmpty) yield return rates.Draw();
    }

    public IEnumerable<string> OfUsage()
    {
        IEnumerable<(double, double)> Over(Func<UsagePoint, double?> of) =>
            report.UsageSeries.Where(point => of(point) is not null).Select(point => (point.Second, of(point)!.Value));
        var cpu = new SvgPlot(texts.PlotCpu, texts.AxisSeconds, "%")
            .Line(texts.LabelDaemon, Over(point => point.DaemonCpu)).Line(texts.LabelTester, Over(point => point.TesterCpu));
        if (!cpu.IsEmpty) yield return cpu.Draw();
        var memory = new SvgPlot(texts.PlotMemory, texts.AxisSeconds, "MiB")
            .Line(texts.LabelDaemon, Over(point => point.DaemonMemory)).Line(texts.LabelTester, Over(point => point.TesterMemory));
        if (!memory.IsEmpty) yield return memory.Draw();
    }

    /// <summary>Each doubling of the load takes the same width.</summary>
    public IEnumerable<string> OfCapacity()
    {
        if (report.Capacity is not { Steps.Count: > 0 } capacity) yield break;
        var doublings = capacity.Steps.Where(step => double.IsInteger(Math.Log2(step.Factor)))
            .Select(step => (Math.Log2(step.Factor), FormattableString.Invariant($"×{step.Factor}"))).ToList();
        SvgPlot Plot(string title, string unit, string name, Func<CapacityStep, double?> of) => new SvgPlot(title, texts.AxisFactor, unit)
            .Line(name, capacity.Steps.Where(step => of(step) is not null).Select(step => (Math.Log2(step.Factor), of(step)!.Value)))
            .XTicks(doublings);
        var latency = Plot(texts.PlotKnee, "ms", "p99", step => step.Latency);
        if (!latency.IsEmpty) yield return latency.Draw();
        var usage = Plot(texts.PlotKneeCpu, "%", texts.LabelDaemon, step => step.DaemonCpu);
        if (!usage.IsEmpty) yield return usage.Draw();
    }

    /// <summary>Each nine of the percentile takes the same width.</summary>
    private string Spectrum(ScenarioReport scenario)
    {
        static double Nines(double percentile) => -Math.Log10(1 - (percentile / 100));
        var plot = new SvgPlot(texts.PlotSpectrum, texts.AxisPercentile, "ms", logarithmic: true);
        foreach (var metric in scenario.Latencies.Keys.Order())
        {
            var steps = scenario.Latencies[metric].Spectrum.Where(step => step[0] < 100);
            plot.Line(texts.Of(metric), steps.Select(step => (Nines(step[0]), step[1])));
        }
        return plot.XTicks(Percentiles.Select(tick => (Nines(tick.Percentile), tick.Label))).Draw();
    }
}
