using System.Collections.Concurrent;

namespace Chat.Daemon.Hooks;

/// <summary>All hooks of one moment. Immutable; part of the snapshot.</summary>
internal sealed class HookTable
{
    public static readonly HookTable Empty = new([]);

    private readonly IReadOnlyList<HookSet> sets;
    private readonly HandlerQueue[] handlers, ofConversations;
    private readonly ConcurrentDictionary<Type, HandlerQueue[]> ofEvents = new(); // only types of the contract, which stay loaded

    private HookTable(IReadOnlyList<HookSet> sets)
    {
        this.sets = sets;
        handlers = [.. sets.SelectMany(s => s.Handlers)];
        PluginFilter[] filters = [.. sets.SelectMany(s => s.Filters).OrderBy(f => f.Order)
            .ThenBy(f => f.Owner.Id, StringComparer.OrdinalIgnoreCase)];
        Filters = filters.Length == 0 ? null : new(filters);
        ofConversations =
        [
            .. new[] { typeof(MessagePosted), typeof(MessageEdited), typeof(MessageDeleted), typeof(ReactionChanged) }
                .SelectMany(Of).Distinct(),
        ];
    }

    /// <summary>Null if there are none: then a message costs only this check.</summary>
    public FilterChain? Filters { get; }

    /// <summary>Whether there are handlers of messages, or of changes to them, that need those of the room.</summary>
    /// <param name="room">Null for direct conversations.</param>
    public bool HearsConversation(long? room) => Array.Exists(ofConversations, handler => handler.Needs(room));

    /// <summary>The handlers of a type of events.</summary>
    public HandlerQueue[] Of(Type happening) =>
        ofEvents.GetOrAdd(happening, static (type, all) => [.. all.Where(h => h.Hears(type))], handlers);

    /// <summary>The permissions of all routes, with the role that each has by default.</summary>
    public IEnumerable<(string Permission, Role Lowest)> Permissions =>
        sets.SelectMany(s => s.Routes).Select(route => (route.Permission, route.DefaultRole));

    /// <summary>The routes of a plugin; empty if it has none or does not run.</summary>
    public IReadOnlyList<PluginRoute> RoutesOf(string plugin) =>
        sets.FirstOrDefault(s => s.Owner.Id.Equals(plugin, StringComparison.OrdinalIgnoreCase))?.Routes ?? [];

    /// <summary>How the hooks of each plugin fare, by the plugin's id.</summary>
    public IReadOnlyDictionary<string, HookTally> Tallies =>
        sets.ToDictionary(s => s.Owner.Id, s => s.Tally, StringComparer.OrdinalIgnoreCase);

    public HookTable With(HookSet added) => added.IsEmpty ? this : new([.. sets, added]);

    public HookTable Without(IReadOnlyCollection<HookSet> removed) => new([.. sets.Where(s => !removed.Contains(s))]);
}
