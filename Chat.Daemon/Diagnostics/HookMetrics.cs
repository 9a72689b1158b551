using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Chat.Daemon.Diagnostics;

/// <summary>
/// The metrics of plugins' filters, handlers and routes. They are kept per plugin and hook, not per generation: totals continue when a
/// new version replaces an old one. Holds only names and numbers, nothing that would keep a plugin from unloading.
/// </summary>
internal sealed class HookMetrics
{
    /// <summary>
    /// Filters, and handlers. Plugin authors choose the names, and names are never removed; any beyond are counted together.
    /// </summary>
    private const int MaxHooks = 1_000;

    /// <summary>Longer class names are cut, and counted together if equal after that.</summary>
    private const int MaxNameLength = 100;

    private const string Others = "(others)";

    private static readonly string[] FilterOutcomes =
    [
        HookOutcome.Allowed, HookOutcome.Replaced, HookOutcome.Rejected, HookOutcome.Dropped,
        HookOutcome.Failed, HookOutcome.Missed, HookOutcome.Abandoned, HookOutcome.Bypassed,
    ];

    private static readonly string[] HandlerOutcomes =
        [HookOutcome.Handled, HookOutcome.Failed, HookOutcome.Missed, HookOutcome.Abandoned, HookOutcome.Lost];

    private static readonly string[] RouteOutcomes =
        [HookOutcome.Answered, HookOutcome.Refused, HookOutcome.Failed, HookOutcome.Missed, HookOutcome.Abandoned];

    private readonly ConcurrentDictionary<(string Plugin, string Hook), HookCounts> filters = new(), handlers = new(), routes = new();

    public void PublishTo(Meter meter)
    {
        meter.CreateObservableCounter("chat.filter.calls", () => Outcomes(filters), null, "Messages that reached a filter, by outcome.");
        meter.CreateObservableCounter("chat.filter.time", () => Times(filters), "s", "Time messages spent waiting for a filter.");
        meter.CreateObservableCounter("chat.handler.events", () => Outcomes(handlers), null, "Events for a handler, by outcome.");
        meter.CreateObservableCounter("chat.handler.time", () => Times(handlers), "s", "Time spent in a handler.");
        meter.CreateObservableCounter("chat.route.calls", () => Outcomes(routes), null, "HTTP requests that reached a plugin, by outcome.");
        meter.CreateObservableCounter("chat.route.time", () => Times(routes), "s", "Time spent in plugins by HTTP requests.");
        meter.CreateObservableGauge("chat.handler.queue", () => handlers
            .Select(one => new Measurement<long>(one.Value.Waiting.Value, Labels(one.Key))), null, "Events queued for a handler.");
    }

    /// <summary>The counts of a filter, the same for every generation of the plugin. Look them up once per generation.</summary>
    public HookCounts Filter(string plugin, string hook) => Of(filters, plugin, hook, FilterOutcomes);

    /// <summary>The counts of a handler, the same for every generation of the plugin. Look them up once per generation.</summary>
    public HookCounts Handler(string plugin, string hook) => Of(handlers, plugin, hook, HandlerOutcomes);

    /// <summary>The counts of a route, the same for every generation of the plugin. Look them up once per generation.</summary>
    public HookCounts Route(string plugin, string hook) => Of(routes, plugin, hook, RouteOutcomes);

    /// <summary>Filters and handlers by plugin and name.</summary>
    public IReadOnlyList<HookSummary> Summaries =>
    [
        .. filters.Select(one => SummaryOf(one, isFilter: true)).Concat(handlers.Select(one => SummaryOf(one, isFilter: false)))
            .OrderBy(hook => hook.Plugin, StringComparer.Ordinal).ThenBy(hook => hook.Hook, StringComparer.Ordinal),
    ];

    private static HookSummary SummaryOf(KeyValuePair<(string Plugin, string Hook), HookCounts> one, bool isFilter) =>
        new(one.Key.Plugin, one.Key.Hook, isFilter, one.Value.Outcomes.All.ToDictionary(call => call.Key, call => call.Value.Value))
        {
            TotalTime = one.Value.Time,
            Waiting = one.Value.Waiting.Value,
        };

    private static HookCounts Of(ConcurrentDictionary<(string, string), HookCounts> all, string plugin, string hook, string[] outcomes)
    {
        var key = (plugin, hook.Length > MaxNameLength ? hook[..MaxNameLength] : hook);
        if (all.TryGetValue(key, out var known)) return known;
        return all.GetOrAdd(all.Count < MaxHooks ? key : (Others, Others), static (_, outcomes) => new(outcomes), outcomes);
    }

    private static IEnumerable<Measurement<long>> Outcomes(ConcurrentDictionary<(string, string), HookCounts> all) =>
        from one in all
        from outcome in one.Value.Outcomes.All
        select new Measurement<long>(outcome.Value.Value, [.. Labels(one.Key), new("outcome", outcome.Key)]);

    private static IEnumerable<Measurement<double>> Times(ConcurrentDictionary<(string, string), HookCounts> all) =>
        all.Select(one => new Measurement<double>(one.Value.Time.TotalSeconds, Labels(one.Key)));

    private static KeyValuePair<string, object?>[] Labels(
        (string Plugin, string Hook) of) => [new("plugin", of.Plugin), new("hook", of.Hook)];
}
