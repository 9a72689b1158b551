using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Hooks;

/// <summary>The hooks of one generation.</summary>
internal sealed class HookSet(PluginOwner owner, IReadOnlyList<PluginFilter> filters, IReadOnlyList<HandlerQueue> handlers)
{
    public PluginOwner Owner => owner;

    public IReadOnlyList<PluginFilter> Filters => filters;

    public IReadOnlyList<HandlerQueue> Handlers => handlers;

    public bool IsEmpty => filters.Count + handlers.Count == 0;

    public HookTally Tally => new([.. filters.Where(f => f.IsBypassed).Select(f => f.Name)], handlers.Sum(h => h.Lost));

    /// <summary>Creates each hook once for the generation's life. Runs the plugin's constructors and throws what they throw.</summary>
    public static HookSet Create(
        PluginOwner owner, IEnumerable<FilterDescriptor> filters, IEnumerable<HandlerDescriptor> handlers, HookRuntime runtime) => new(
        owner,
        [.. filters.Select(f => new PluginFilter(owner, f, f.Make(owner.Container), runtime))],
        [.. handlers.GroupBy(h => h.Handler, h => new HandlerQueue.Route(h.Event, h.Make(owner.Container)))
            .Select(g => new HandlerQueue(owner, Printable.Escape(g.Key.Name), [.. g], runtime))]);
}
