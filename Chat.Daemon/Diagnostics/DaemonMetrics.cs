using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// The metrics of one daemon; a process may run several daemons. A hot path only adds to a <see cref="Counter"/>, whose value is read at
/// each scrape. A part whose value is already at hand registers a gauge in its constructor with <see cref="AddGauge"/>.
/// </summary>
internal sealed class DaemonMetrics : IDisposable
{
    /// <summary>Seconds: from an idle disk to a very busy one.</summary>
    private static readonly double[] CommitBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

    private readonly Histogram<double> commits;
    private readonly ConcurrentDictionary<string, Func<long>> gauges = new(StringComparer.Ordinal);

    public DaemonMetrics()
    {
        ConnectionsOpen = AddCountedGauge("chat.connections.open", "Open connections.");
        Connections = AddCounter("chat.connections", "Connections accepted.");
        Sessions = AddCountedGauge("chat.sessions", "Sessions with an open connection.");
        Messages = AddCounter("chat.messages", "Messages stored.");
        Changes = AddCounter("chat.changes", "Changes of messages stored.");
        Deliveries = AddCounter("chat.deliveries", "Messages and changes queued for connections.");
        SlowConsumers = AddCounter("chat.slow_consumers", "Connections closed because the client did not keep up.");
        Commands = AddCounters("chat.commands", "outcome", "Commands run, by outcome.");
        CommandsDetached = AddCountedGauge("chat.commands.detached", "Commands still running past their deadline.");
        Refusals = AddCounters("chat.refusals", "code", "Requests refused, by error code.");
        Hooks.PublishTo(Meter);
        commits = Meter.CreateHistogram("chat.commit", "s", "Duration of a database transaction, including its commit.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = CommitBounds });
    }

    public Meter Meter { get; } = new("Chat");

    public Counter ConnectionsOpen { get; }

    public Counter Connections { get; }

    public Counter Sessions { get; }

    public Counter Messages { get; }

    public Counter Changes { get; }

    public Counter Deliveries { get; }

    public Counter SlowConsumers { get; }

    /// <summary>By outcome: <c>ok</c>, or the refusal's code.</summary>
    public LabelledCounters Commands { get; }

    public Counter CommandsDetached { get; }

    public LabelledCounters Refusals { get; }

    public HookMetrics Hooks { get; } = new();

    /// <summary>Taken by <see cref="LoadSamples"/>.</summary>
    public Latencies CommitTimes { get; } = new();

    /// <summary>From a message's arrival until it is queued for all who get it. Taken by <see cref="LoadSamples"/>.</summary>
    public Latencies DeliveryTimes { get; } = new();

    /// <summary>Adds a gauge whose value is read at each scrape.</summary>
    /// <param name="unit">"By" for bytes, "s" for seconds, null for a plain number.</param>
    /// <param name="read">Called from any thread, until the daemon's end.</param>
    public void AddGauge(string name, string? unit, string description, Func<long> read)
    {
        gauges[name] = read;
        Meter.CreateObservableGauge(name, read, unit, description);
    }

    /// <summary>Null if there is no such gauge.</summary>
    public long? ReadGauge(string name) => gauges.GetValueOrDefault(name)?.Invoke();

    /// <summary>Adds a gauge with one value per value of a label, read at each scrape.</summary>
    /// <param name="read">Called from any thread, until the daemon's end.</param>
    public void AddGauge(string name, string label, string description, Func<IEnumerable<KeyValuePair<string, long>>> read) =>
        Meter.CreateObservableGauge(name, () => read().Select(one => Labelled(label, one.Key, one.Value)), null, description);

    public void AddCommit(TimeSpan duration)
    {
        commits.Record(duration.TotalSeconds);
        CommitTimes.Add(duration);
    }

    public void Dispose() => Meter.Dispose();

    private Counter AddCounter(string name, string description)
    {
        var counter = new Counter();
        Meter.CreateObservableCounter(name, () => counter.Value, null, description);
        return counter;
    }

    private Counter AddCountedGauge(string name, string description)
    {
        var counter = new Counter();
        AddGauge(name, null, description, () => counter.Value);
        return counter;
    }

    private LabelledCounters AddCounters(string name, string label, string description)
    {
        var counters = new LabelledCounters();
        Meter.CreateObservableCounter(name, () => counters.All.Select(one => Labelled(label, one.Key, one.Value.Value)), null, description);
        return counters;
    }

    private static Measurement<long> Labelled(
        string label, string of, long value) => new(value, new KeyValuePair<string, object?>(label, of));
}
