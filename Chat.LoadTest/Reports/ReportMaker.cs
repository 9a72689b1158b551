using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Coordination;
using Chat.LoadTest.Daemons;
using Chat.LoadTest.Measuring;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Reports;

/// <summary>Puts together what workers counted and what was gathered meanwhile.</summary>
internal sealed class ReportMaker(LoadOptions options, Target target, Gathering gathering, IReadOnlyList<WorkerReply.Counted> counted)
{
    public Report Make(DateTimeOffset date, long measureFrom, IReadOnlyList<UsagePoint> usage, ProcessUsage? used)
    {
        var scenarios = options.Scenarios.Select((settings, i) => Scenario(settings, i, measureFrom)).ToList();
        var counts = scenarios.Aggregate(new Counts(), (sum, one) => sum + one.Counts) with
        {
            WorkerSeconds = Math.Round(counted.Sum(reply => reply.Processor), 3),
        };
        var first = options.Scenarios[0];
        var seconds = scenarios.Zip(options.Scenarios, (one, settings) => one.Seconds + DelayOf(settings)).Max();
        return new Report
        {
            Date = date,
            Host = RunHost.ThisMachine(),
            Counts = counts,
            Scenarios = scenarios,
            WorkersDied = [],
            HasWritten = counts.Sent > 0 || options.Scenarios.All(one => !ScenarioCatalogue.Create(one).Writes),
            UsersWanted = options.Users,
            Rooms = options.Rooms,
            Rate = first.Window > 0 ? 0 : first.PeakRate,
            Warmup = options.Warmup,
            Seed = options.Seed,
            Protocol = options.Protocol,
            Seconds = seconds,
            DeliveriesPerSecond = seconds > 0 ? Math.Round(counts.Measured / seconds, 1) : 0,
            Echo = All(Metric.Echo),
            Delivery = All(Metric.Delivery),
            Daemon = target.Started is null ? $"{target}" : null,
            Durability = target.Started is null ? null : options.Durability,
            FileSystem = target.Started?.FileSystem,
            DaemonEnded = target.Started?.Ended,
            Usage = used,
            DaemonPerDelivery = used is null ? null : PerDelivery(used.Seconds, counts.Measured),
            TesterPerDelivery = PerDelivery(counts.WorkerSeconds, counts.Measured),
            TesterBytes = gathering.PeakBytes,
            Saturated = [.. gathering.Saturated.Order()],
            UsageSeries = usage,
        };
    }

    private ScenarioReport Scenario(ScenarioSettings settings, int index, long measureFrom)
    {
        var parts = counted.Select(reply => reply.Scenarios[index]).ToList();
        var gathered = gathering.Scenarios[index];
        var counts = parts.Aggregate(new Counts(), (sum, part) => sum + part.Counts) with
        {
            Differing = RoomDigest.Differing(parts.SelectMany(part => part.Digests)),
            ChangesDiffering = RoomDigest.Differing(parts.SelectMany(part => part.ChangeDigests)),
        };
        var last = parts.Select(part => part.LastDelivery).DefaultIfEmpty().Max();
        var end = last > measureFrom ? (last - measureFrom) / 1e6 : settings.Start + settings.Seconds;
        var seconds = Math.Max(0, end - DelayOf(settings));
        return new()
        {
            Name = settings.Label,
            Settings = ScenarioCatalogue.Create(settings).Settings,
            Counts = counts,
            Seconds = last == 0 && counts.Sent > 0 ? 0 : seconds,
            SentPerSecond = seconds > 0 ? Math.Round(gathered.Series.Sum(point => point.Sent) * gathering.Width / seconds, 1) : 0,
            DeliveriesPerSecond = seconds > 0 ? Math.Round(counts.Measured / seconds, 1) : 0,
            Latencies = gathered.Totals.Where(of => !of.Value.Planned.IsEmpty).ToDictionary(of => of.Key, of => LatencyReport.Of(of.Value)),
            Series = gathered.Series,
        };
    }

    /// <summary>Seconds from the end of the warm-up to the start of a scenario.</summary>
    private double DelayOf(ScenarioSettings settings) => Math.Max(0, settings.Start - options.Warmup);

    private Percentiles? All(Metric metric)
    {
        var all = new Latency();
        foreach (var scenario in gathering.Scenarios)
            if (scenario.Totals.TryGetValue(metric, out var pair)) all.Add(pair.Planned);
        return Percentiles.Of(all);
    }

    private static double? PerDelivery(double seconds, long deliveries) =>
        deliveries > 0 ? Math.Round(seconds * 1e6 / deliveries, 2) : null;
}
