namespace Chat.Daemon.Hooks;

/// <summary>All hooks of one moment. Immutable; part of the snapshot.</summary>
internal sealed class HookTable
{
    public static readonly HookTable Empty = new([]);

    private readonly IReadOnlyList<HookSet> sets;

    private HookTable(IReadOnlyList<HookSet> sets)
    {
        this.sets = sets;
        PluginFilter[] filters = [.. sets.SelectMany(s => s.Filters).OrderBy(f => f.Order)
            .ThenBy(f => f.Owner.Id, StringComparer.OrdinalIgnoreCase)];
        Filters = filters.Length == 0 ? null : new(filters);
        (OfMessages, OfEdits) = (HandlersOf<MessagePosted>(), HandlersOf<MessageEdited>());
        (OfMessageDeletions, OfReactions) = (HandlersOf<MessageDeleted>(), HandlersOf<ReactionChanged>());
        OfJoins = HandlersOf<UserJoined>();
        HearsConversations = OfMessages.Length + OfEdits.Length + OfMessageDeletions.Length + OfReactions.Length > 0;
        (OfLeaves, OfDeletions) = (HandlersOf<UserLeft>(), HandlersOf<RoomDeleted>());
    }

    /// <summary>Null if there are none: then a message costs only this check.</summary>
    public FilterChain? Filters { get; }

    /// <summary>Whether there are handlers of messages or of changes to them.</summary>
    public bool HearsConversations { get; }

    public HandlerQueue[] OfMessages { get; }

    public HandlerQueue[] OfEdits { get; }

    public HandlerQueue[] OfMessageDeletions { get; }

    public HandlerQueue[] OfReactions { get; }

    public HandlerQueue[] OfJoins { get; }

    public HandlerQueue[] OfLeaves { get; }

    public HandlerQueue[] OfDeletions { get; }

    /// <summary>How the hooks of each plugin fare, by the plugin's id.</summary>
    public IReadOnlyDictionary<string, HookTally> Tallies =>
        sets.ToDictionary(s => s.Owner.Id, s => s.Tally, StringComparer.OrdinalIgnoreCase);

    public HookTable With(HookSet added) => added.IsEmpty ? this : new([.. sets, added]);

    public HookTable Without(IReadOnlyCollection<HookSet> removed) => new([.. sets.Where(s => !removed.Contains(s))]);

    private HandlerQueue[] HandlersOf<T>() where T : ChatEvent => [.. sets.SelectMany(s => s.Handlers).Where(h => h.Hears(typeof(T)))];
}
