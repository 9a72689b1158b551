namespace Chat.Daemon.Storage.Memory;

/// <summary>
/// Which direct conversations each user has in a log in memory, the one with the newest message first. Safe from any thread: one lock
/// guards everything.
/// </summary>
internal sealed class MemoryDirects
{
    private readonly Lock guard = new();
    private readonly Dictionary<string, LinkedList<ConversationId>> byIdentity = [];
    private readonly Dictionary<ConversationId, List<Place>> places = [];

    /// <summary>Notes whose conversation it is. It is listed once it has a message.</summary>
    public void Add(ConversationId conversation, string one, string other)
    {
        lock (guard)
        {
            if (places.ContainsKey(conversation)) return;
            places[conversation] =
                [.. new HashSet<string> { one, other }.Select(identity => new Place(ListOf(identity), new(conversation)))];
        }
    }

    /// <summary>Notes that the conversation has the newest message now, if it is a direct one.</summary>
    public void Touch(ConversationId conversation)
    {
        lock (guard)
        {
            foreach (var (list, node) in places.GetValueOrDefault(conversation) ?? [])
            {
                if (node.List is not null) list.Remove(node);
                list.AddFirst(node);
            }
        }
    }

    public List<ConversationId> Latest(string identity, int limit)
    {
        lock (guard)
        {
            return [.. (byIdentity.GetValueOrDefault(identity) ?? []).Take(limit)];
        }
    }

    private LinkedList<ConversationId> ListOf(string identity)
    {
        if (!byIdentity.TryGetValue(identity, out var list)) byIdentity[identity] = list = [];
        return list;
    }

    private readonly record struct Place(LinkedList<ConversationId> List, LinkedListNode<ConversationId> Node);
}
