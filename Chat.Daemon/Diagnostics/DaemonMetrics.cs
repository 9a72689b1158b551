using System.Diagnostics.Metrics;

namespace Chat.Daemon.Diagnostics;

/// <summary>What one daemon counts. The hot path adds to plain numbers; the meter reads them when it is observed. One instance a daemon: a process may hold several.</summary>
internal sealed class DaemonMetrics : IDisposable
{
    // From a commit that waited for nothing to one that waited for a busy disk.
    private static readonly double[] CommitBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

    private readonly Histogram<double> commits;

    public DaemonMetrics()
    {
        ConnectionsOpen = Gauge("chat.connections.open", "Connections open now.");
        Connections = Counter("chat.connections", "Connections accepted.");
        Sessions = Gauge("chat.sessions", "Sessions with a connection now.");
        Messages = Counter("chat.messages", "Messages in the log.");
        Deliveries = Counter("chat.deliveries", "Messages put into outboxes.");
        SlowConsumers = Counter("chat.slow_consumers", "Connections closed because their outbox was full.");
        Commands = Counters("chat.commands", "outcome", "Invocations of commands, by how they ended.");
        CommandsDetached = Gauge("chat.commands.detached", "Invocations that were answered at their deadline and run on.");
        Refusals = Counters("chat.refusals", "code", "Error frames sent, by code.");
        Meter.CreateObservableGauge("chat.outbox", () => ReadOutboxBytes(), "By", "Bytes that wait in outboxes.");
        Meter.CreateObservableGauge("chat.plugin.generations", () => ReadGenerations()
            .Select(one => new Measurement<long>(one.Value, new KeyValuePair<string, object?>("state", one.Key))), null, "Generations of plugins by state; collected ones since the start.");
        Hooks.PublishTo(Meter);
        commits = Meter.CreateHistogram("chat.commit", "s", "Time from a transaction's begin to its commit.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = CommitBounds });
    }

    public Meter Meter { get; } = new("Chat");

    public Tally ConnectionsOpen { get; }

    public Tally Connections { get; }

    public Tally Sessions { get; }

    public Tally Messages { get; }

    public Tally Deliveries { get; }

    public Tally SlowConsumers { get; }

    /// <summary>By outcome: <c>ok</c>, or the refusal's code.</summary>
    public TallySet Commands { get; }

    public Tally CommandsDetached { get; }

    public TallySet Refusals { get; }

    public HookMetrics Hooks { get; } = new();

    /// <summary>Asked at each observation, so that no append to an outbox has to count.</summary>
    public Func<long> ReadOutboxBytes { get; set; } = static () => 0;

    /// <summary>By state.</summary>
    public Func<IEnumerable<KeyValuePair<string, long>>> ReadGenerations { get; set; } = static () => [];

    public void Committed(TimeSpan took) => commits.Record(took.TotalSeconds);

    public void Dispose() => Meter.Dispose();

    private Tally Counter(string name, string description)
    {
        var tally = new Tally();
        Meter.CreateObservableCounter(name, () => tally.Value, null, description);
        return tally;
    }

    private Tally Gauge(string name, string description)
    {
        var tally = new Tally();
        Meter.CreateObservableGauge(name, () => tally.Value, null, description);
        return tally;
    }

    private TallySet Counters(string name, string label, string description)
    {
        var tallies = new TallySet();
        Meter.CreateObservableCounter(name, () => tallies.All
            .Select(one => new Measurement<long>(one.Value.Value, new KeyValuePair<string, object?>(label, one.Key))), null, description);
        return tallies;
    }
}
