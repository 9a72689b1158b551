using Chat.LoadTest.Measuring;
using Chat.LoadTest.Reports;
using Chat.LoadTest.Scenarios;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Coordination;

/// <summary>The ticks of one scenario: totals, and a series of points. Called under the lock of <see cref="Gathering"/>.</summary>
internal sealed class ScenarioGathering
{
    /// <summary>Messages that some workers never tell of stay; beyond this many, new ones are not tracked.</summary>
    private const int MostReached = 100_000;

    private readonly int width;
    private readonly ScenarioTick?[] last;
    private readonly SortedDictionary<long, Bucket> buckets = [];
    private readonly Dictionary<(int Sender, int Counter), (int Workers, ReachedAll Message)> reached = [];
    private readonly int[] workersOf;
    private readonly Scenario scenario;

    public ScenarioGathering(ScenarioSettings settings, int workers, int width)
    {
        (scenario, this.width, last) = (ScenarioCatalogue.Create(settings), width, new ScenarioTick?[workers]);
        workersOf = WorkersOf(scenario, workers);
    }

    /// <summary>Messages due before it are not recorded.</summary>
    public long MeasureFrom { get; set; } = long.MaxValue;

    public Dictionary<Metric, LatencyPair> Totals { get; } = [];

    public List<SeriesPoint> Series { get; } = [];

    /// <summary>The latencies of each point.</summary>
    public Dictionary<Metric, HistogramLog> Logs { get; } = [];

    /// <summary>Latencies of the newest finished point, in milliseconds.</summary>
    public SeriesPoint? Newest => Series.Count > 0 ? Series[^1] : null;

    public int Users => last.Sum(tick => tick?.Users ?? 0);

    public long Sent => last.Sum(tick => tick?.Sent ?? 0);

    public long Delivered => last.Sum(tick => tick?.Delivered ?? 0);

    public long Refused => last.Sum(tick => tick?.Refused ?? 0);

    /// <param name="second">Since the end of the warm-up; null before it.</param>
    public void Take(int worker, ScenarioTick tick, long? second)
    {
        var before = last[worker];
        last[worker] = tick;
        Dictionary<Metric, LatencyPair> fresh = [];
        foreach (var (metric, packed) in tick.Latencies) PairOf(fresh, metric).Add(packed);
        foreach (var message in tick.Reached) TakeReached(message, fresh);
        foreach (var (metric, pair) in fresh) Merge(PairOf(Totals, metric), pair);
        if (second is { } at) AddTo(Math.Max(0, at) / width, before, tick, fresh);
        else if (fresh.Count > 0) BucketAt(0).Add(0, 0, 0, fresh); // measured already, though most of the tick was not
    }

    public void End()
    {
        foreach (var index in buckets.Keys.ToList()) Finish(index);
    }

    private void AddTo(long index, ScenarioTick? before, ScenarioTick tick, Dictionary<Metric, LatencyPair> fresh)
    {
        var bucket = BucketAt(index);
        var (sent, delivered, refused) = (before?.Sent ?? 0, before?.Delivered ?? 0, before?.Refused ?? 0);
        bucket.Add(tick.Sent - sent, tick.Delivered - delivered, tick.Refused - refused, fresh);
        foreach (var old in buckets.Keys.Where(key => key < index - 1).ToList()) Finish(old);
    }

    private Bucket BucketAt(long index)
    {
        if (!buckets.TryGetValue(index, out var bucket)) buckets[index] = bucket = new();
        return bucket;
    }

    private void Finish(long index)
    {
        buckets.Remove(index, out var bucket);
        Series.Add(bucket!.ToPoint(index * width, width));
        bucket.AddTo(Logs, index * width, width);
    }

    /// <summary>Recorded once every worker with members of that conversation has told.</summary>
    private void TakeReached(ReachedAll message, Dictionary<Metric, LatencyPair> fresh)
    {
        var key = (message.Sender, message.Counter);
        var (workers, known) = reached.GetValueOrDefault(key, (0, message));
        var latest = known.Last > message.Last ? known : message;
        if (workers + 1 < workersOf[scenario.ConversationOf(message.Sender)])
        {
            if (workers > 0 || reached.Count < MostReached) reached[key] = (workers + 1, latest);
            return;
        }
        reached.Remove(key);
        if (message.Due >= MeasureFrom) PairOf(fresh, Metric.LastMember).Record(latest.Due, latest.Written, latest.Last);
    }

    private static LatencyPair PairOf(Dictionary<Metric, LatencyPair> pairs, Metric metric)
    {
        if (!pairs.TryGetValue(metric, out var pair)) pairs[metric] = pair = new();
        return pair;
    }

    private static void Merge(LatencyPair into, LatencyPair from)
    {
        into.Planned.Add(from.Planned);
        into.Uncorrected.Add(from.Uncorrected);
    }

    private static int[] WorkersOf(Scenario scenario, int workers)
    {
        var users = scenario.Settings.Users;
        var counts = new int[scenario.Conversations];
        for (var worker = 0; worker < workers; worker++)
        {
            var seen = new HashSet<int>();
            for (var user = (int)((long)users * worker / workers); user < (int)((long)users * (worker + 1) / workers); user++)
                if (!scenario.MayEnd(user) && seen.Add(scenario.ConversationOf(user))) counts[scenario.ConversationOf(user)]++;
        }
        return counts;
    }

    private sealed class Bucket
    {
        private readonly Dictionary<Metric, Latency> latencies = [];
        private long sent, delivered, refused;

        public void Add(long moreSent, long moreDelivered, long moreRefused, Dictionary<Metric, LatencyPair> fresh)
        {
            (sent, delivered, refused) = (sent + moreSent, delivered + moreDelivered, refused + moreRefused);
            foreach (var (metric, pair) in fresh)
            {
                if (!latencies.TryGetValue(metric, out var all)) latencies[metric] = all = new();
                all.Add(pair.Planned);
            }
        }

        public void AddTo(Dictionary<Metric, HistogramLog> logs, long second, int width)
        {
            foreach (var (metric, latency) in latencies)
            {
                if (!logs.TryGetValue(metric, out var log)) logs[metric] = log = new();
                log.Add(second, width, latency);
            }
        }

        public SeriesPoint ToPoint(long second, int width) => new(
            second,
            Math.Round(sent / (double)width, 1),
            Math.Round(delivered / (double)width, 1),
            refused,
            latencies.ToDictionary(of => of.Key, of => new PointLatency(of.Value.At(50), of.Value.At(99), of.Value.Largest)));
    }
}
