using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Hooks;

/// <summary>The hooks of one generation, made.</summary>
internal sealed class HookSet(IHookOwner owner, IReadOnlyList<PluginFilter> filters, IReadOnlyList<HandlerQueue> handlers)
{
    public IHookOwner Owner => owner;

    public IReadOnlyList<PluginFilter> Filters => filters;

    public IReadOnlyList<HandlerQueue> Handlers => handlers;

    public bool IsEmpty => filters.Count + handlers.Count == 0;

    /// <summary>As of now.</summary>
    public HookTally Tally => new([.. filters.Where(f => f.IsBypassed).Select(f => f.Name)], handlers.Sum(h => h.Lost));

    /// <summary>Makes each once, for the generation's life; runs the plugin's own constructors, and throws what they throw.</summary>
    public static HookSet Make(
        IHookOwner owner, IEnumerable<FilterDescriptor> filters, IEnumerable<HandlerDescriptor> handlers, IServiceProvider container, HookMetrics metrics, TimeProvider time, ILogger<HookSet> log) => new(
        owner,
        [.. filters.Select(f => new PluginFilter(owner, f, f.Make(container), metrics.Filter(owner.Id, f.Name), time, log))],
        [.. handlers.GroupBy(h => h.Handler, h => new HandlerQueue.Route(h.Event, h.Make(container)))
            .Select(g => (Name: Printable.Escape(g.Key.Name), Routes: g.ToList()))
            .Select(h => new HandlerQueue(owner, h.Name, h.Routes, metrics.Handler(owner.Id, h.Name), time, log))]);
}

/// <summary>What became of a generation's hooks.</summary>
/// <param name="BypassedFilters">Names of filters that messages go past, as they missed their deadlines.</param>
/// <param name="LostEvents">Events that its handlers were not handed.</param>
internal sealed record HookTally(IReadOnlyList<string> BypassedFilters, long LostEvents);
