namespace Chat.Daemon.Diagnostics;

/// <summary>What the daemon measured in the last hour, in memory. Safe from any thread.</summary>
internal sealed class LoadSamples(DaemonMetrics metrics, SteadyTime time) : IPeriodicTask
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private const int Kept = 3_600 / 5;

    private readonly Lock gate = new(); // guards the queue
    private readonly Queue<LoadSample> samples = new(Kept);
    private Totals? before; // the rest is used by the periodic task alone
    private long number;

    public TimeSpan Period => Interval;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<LoadSample> After(long last)
    {
        lock (gate)
        {
            return [.. samples.Where(sample => sample.Number > last)];
        }
    }

    public Task RunAsync(CancellationToken cancellation)
    {
        var now = Totals.Of(metrics, time);
        if (before is { } then) Add(SampleOf(then, now));
        before = now;
        return Task.CompletedTask;
    }

    private void Add(LoadSample sample)
    {
        lock (gate)
        {
            if (samples.Count == Kept) samples.Dequeue();
            samples.Enqueue(sample);
        }
    }

    private LoadSample SampleOf(Totals then, Totals now)
    {
        var seconds = Math.Max(time.GetElapsedTime(then.Timestamp, now.Timestamp).TotalSeconds, 0.001);
        return new(++number, time.TimeOfDay)
        {
            Connections = metrics.ConnectionsOpen.Value,
            Sessions = metrics.Sessions.Value,
            Messages = (now.Messages - then.Messages) / seconds,
            Deliveries = (now.Deliveries - then.Deliveries) / seconds,
            Commit = metrics.CommitTimes.Take(),
            Delivery = metrics.DeliveryTimes.Take(),
            OutboxBytes = metrics.ReadGauge("chat.outbox") ?? 0,
            SlowConsumers = now.SlowConsumers - then.SlowConsumers,
            Cores = (now.Processor - then.Processor).TotalSeconds / seconds,
            Memory = Environment.WorkingSet,
            Heap = GC.GetTotalMemory(forceFullCollection: false),
            Collections = now.Collections - then.Collections,
            Paused = now.Paused - then.Paused,
            DiskFree = metrics.ReadGauge("chat.disk.free") is >= 0 and var free ? free : null,
        };
    }

    /// <summary>What only grows.</summary>
    private readonly record struct Totals(long Timestamp, long Messages, long Deliveries, long SlowConsumers)
    {
        public required TimeSpan Processor { get; init; }

        public required int Collections { get; init; }

        public required TimeSpan Paused { get; init; }

        public static Totals Of(DaemonMetrics metrics, TimeProvider time) =>
            new(time.GetTimestamp(), metrics.Messages.Value, metrics.Deliveries.Value, metrics.SlowConsumers.Value)
            {
                Processor = Environment.CpuUsage.TotalTime,
                Collections = GC.CollectionCount(0), // each collection of an older generation counts as one of the youngest, too
                Paused = GC.GetTotalPauseDuration(),
            };
    }
}
