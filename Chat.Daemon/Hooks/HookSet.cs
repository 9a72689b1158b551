using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Hooks;

/// <summary>The hooks and routes of one generation.</summary>
internal sealed class HookSet(PluginOwner owner)
{
    public PluginOwner Owner => owner;

    public IReadOnlyList<PluginFilter> Filters { get; private init; } = [];

    public IReadOnlyList<HandlerQueue> Handlers { get; private init; } = [];

    /// <summary>Those with words first, where a name in braces would match too.</summary>
    public IReadOnlyList<PluginRoute> Routes { get; private init; } = [];

    public bool IsEmpty => Filters.Count + Handlers.Count + Routes.Count == 0;

    public HookTally Tally => new([.. Filters.Where(f => f.IsBypassed).Select(f => f.Name)], Handlers.Sum(h => h.Lost));

    /// <summary>Creates each hook once for the generation's life. Runs the plugin's constructors and throws what they throw.</summary>
    /// <param name="routes">They break no <see cref="RouteRules"/>.</param>
    public static HookSet Create(
        PluginOwner owner, IEnumerable<FilterDescriptor> filters, IEnumerable<HandlerDescriptor> handlers,
        IEnumerable<RouteDescriptor> routes, HookRuntime runtime) => new(owner)
        {
            Filters = [.. filters.Select(f => new PluginFilter(owner, f, f.Make(owner.Container), runtime))],
            Handlers =
            [
                .. handlers.GroupBy(h => (h.Handler, h.State), h => new HandlerQueue.Route(h.Event, h.Make(owner.Container)))
                    .Select(g => new HandlerQueue(owner, Printable.Escape(g.Key.Handler.Name), g.Key.State, [.. g], runtime)),
            ],
            Routes = [.. routes.Select(r => RouteOf(owner, r, runtime)).OrderBy(r => r.Path.Shape, StringComparer.Ordinal)],
        };

    private static PluginRoute RouteOf(PluginOwner owner, RouteDescriptor route, HookRuntime runtime) =>
        RoutePath.TryParse(route.Path, out var path) ? new(owner, route, path, runtime)
            : throw new ArgumentException($"{route.Path} is not a path of routes.", nameof(route));
}
