using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// What is counted of plugins' hooks: by plugin and hook, not by generation, so that totals go on where a version replaces another. It
/// holds names and numbers only, nothing that would keep a plugin in memory.
/// </summary>
internal sealed class HookMetrics
{
    /// <summary>Of each kind. Names are their authors', and each stays for good: whoever is beyond it is counted with others.</summary>
    private const int MostHooks = 1_000;

    /// <summary>Of a label; names of classes that begin alike so far are counted as one.</summary>
    private const int LongestName = 100;

    private const string Others = "(others)";

    private static readonly string[] OfFilters =
        [HookOutcome.Allowed, HookOutcome.Replaced, HookOutcome.Rejected, HookOutcome.Dropped, HookOutcome.Failed, HookOutcome.Missed, HookOutcome.Abandoned, HookOutcome.Bypassed];

    private static readonly string[] OfHandlers = [HookOutcome.Handled, HookOutcome.Failed, HookOutcome.Missed, HookOutcome.Abandoned, HookOutcome.Lost];

    private readonly ConcurrentDictionary<(string Plugin, string Hook), HookCounts> filters = new(), handlers = new();

    public void PublishTo(Meter meter)
    {
        meter.CreateObservableCounter("chat.filter.calls", () => Outcomes(filters), null, "Messages that came to a filter, by what it made of them.");
        meter.CreateObservableCounter("chat.filter.time", () => Times(filters), "s", "How long messages have waited for a filter.");
        meter.CreateObservableCounter("chat.handler.events", () => Outcomes(handlers), null, "Events for a handler, by what became of them.");
        meter.CreateObservableCounter("chat.handler.time", () => Times(handlers), "s", "How long a handler's calls have taken.");
        meter.CreateObservableGauge("chat.handler.queue", () => handlers.Select(one => new Measurement<long>(one.Value.Waiting.Value, Labels(one.Key))), null, "Events that wait for a handler.");
    }

    /// <summary>The same for each generation of the plugin; asked for once a generation.</summary>
    public HookCounts Filter(string plugin, string hook) => Of(filters, plugin, hook, OfFilters);

    /// <inheritdoc cref="Filter"/>
    public HookCounts Handler(string plugin, string hook) => Of(handlers, plugin, hook, OfHandlers);

    private static HookCounts Of(ConcurrentDictionary<(string, string), HookCounts> all, string plugin, string hook, string[] outcomes) =>
        hook.Length > LongestName ? Of(all, plugin, hook[..LongestName], outcomes)
        : all.TryGetValue((plugin, hook), out var known) ? known
        : all.GetOrAdd(all.Count < MostHooks ? (plugin, hook) : (Others, Others), static (_, outcomes) => new(outcomes), outcomes);

    private static IEnumerable<Measurement<long>> Outcomes(ConcurrentDictionary<(string, string), HookCounts> all) =>
        from one in all
        from outcome in one.Value.Outcomes.All
        select new Measurement<long>(outcome.Value.Value, [.. Labels(one.Key), new("outcome", outcome.Key)]);

    private static IEnumerable<Measurement<double>> Times(ConcurrentDictionary<(string, string), HookCounts> all) =>
        all.Select(one => new Measurement<double>(one.Value.Time.TotalSeconds, Labels(one.Key)));

    private static KeyValuePair<string, object?>[] Labels((string Plugin, string Hook) of) => [new("plugin", of.Plugin), new("hook", of.Hook)];
}

/// <summary>What is counted of one hook. Safe from any thread.</summary>
internal sealed class HookCounts
{
    private long ticks;

    /// <param name="outcomes">All that may come; those that have not are told of as 0.</param>
    public HookCounts(IEnumerable<string> outcomes)
    {
        foreach (var outcome in outcomes) _ = Outcomes[outcome];
    }

    public TallySet Outcomes { get; } = new();

    public Tally Waiting { get; } = new();

    public TimeSpan Time => TimeSpan.FromTicks(Interlocked.Read(ref ticks));

    public void Took(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);
}

/// <summary>What became of a call, or of an event that came to none; the values of a label.</summary>
internal static class HookOutcome
{
    public const string Allowed = "allowed";
    public const string Replaced = "replaced";
    public const string Rejected = "rejected";
    public const string Dropped = "dropped";
    public const string Bypassed = "bypassed";

    public const string Handled = "handled";
    public const string Lost = "lost";

    /// <summary>It threw, or answered what it must not.</summary>
    public const string Failed = "failed";

    /// <summary>Its deadline.</summary>
    public const string Missed = "missed";

    /// <summary>Nobody waited for its end any longer.</summary>
    public const string Abandoned = "abandoned";
}
