using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Coordination;

/// <summary>Takes the workers' ticks during the run, so that what a worker has told stays, even if it is killed. Thread-safe.</summary>
internal sealed class Gathering
{
    /// <summary>Share of a core that a worker may use before its figures are marked.</summary>
    private const double BusyCore = 0.9;

    /// <summary>A planned moment may be taken up so much later, in microseconds, before the figures are marked.</summary>
    private const long LateLimit = 20_000;

    /// <summary>Microseconds. A tick that covers more of the warm-up than of what follows does not count in the series.</summary>
    private const long LeastMeasured = 600_000;

    private readonly Lock gate = new();
    private readonly WorkerReply.Tick?[] last;
    private readonly HashSet<long> saturated = [];
    private readonly ScenarioGathering[] scenarios;
    private readonly int width;
    private long measureFrom = long.MaxValue, peakBytes;

    public Gathering(LoadOptions options, int workers)
    {
        width = BucketWidth.For(options.Seconds);
        last = new WorkerReply.Tick?[workers];
        scenarios = [.. options.Scenarios.Select(settings => new ScenarioGathering(settings, workers, width))];
    }

    public IReadOnlyList<ScenarioGathering> Scenarios => scenarios;

    /// <summary>Seconds of a point in the series.</summary>
    public int Width => width;

    /// <summary>Seconds of the run in which the load test was too slow for its own plan.</summary>
    public IReadOnlyCollection<long> Saturated
    {
        get { lock (gate) return [.. saturated]; }
    }

    public void StartMeasuring(long from)
    {
        lock (gate)
        {
            measureFrom = from;
            foreach (var scenario in scenarios) scenario.MeasureFrom = from;
        }
    }

    /// <summary>Processor time of all workers so far, in seconds, and their memory.</summary>
    public (double Seconds, long Bytes) WorkerUsage
    {
        get { lock (gate) return (last.Sum(tick => tick?.Processor ?? 0), last.Sum(tick => tick?.Bytes ?? 0)); }
    }

    /// <summary>Memory of all workers at its peak.</summary>
    public long PeakBytes
    {
        get { lock (gate) return peakBytes; }
    }

    public LiveFigures Live
    {
        get
        {
            lock (gate) return LiveFigures.Of(scenarios);
        }
    }

    public void Take(int worker, WorkerReply.Tick tick)
    {
        lock (gate)
        {
            var second = (tick.Now - measureFrom - 500_000) / 1_000_000;
            var measured = measureFrom != long.MaxValue && tick.Now - measureFrom >= LeastMeasured;
            if (measured && IsSaturated(last[worker], tick)) saturated.Add(second);
            last[worker] = tick;
            peakBytes = Math.Max(peakBytes, last.Sum(one => one?.Bytes ?? 0));
            for (var i = 0; i < tick.Scenarios.Count; i++) scenarios[i].Take(worker, tick.Scenarios[i], measured ? second : null);
        }
    }

    /// <summary>No more ticks come.</summary>
    public void End()
    {
        lock (gate) foreach (var scenario in scenarios) scenario.End();
    }

    private static bool IsSaturated(WorkerReply.Tick? before, WorkerReply.Tick now)
    {
        if (now.Scenarios.Any(scenario => scenario.Late > LateLimit)) return true;
        if (before is null || now.Now - before.Now < 500_000) return false;
        return (now.Processor - before.Processor) * 1e6 / (now.Now - before.Now) > BusyCore;
    }
}
