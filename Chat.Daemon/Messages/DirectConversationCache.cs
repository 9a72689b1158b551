using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>The direct conversations that one connection has used, by the other's name: held, so that writing to somebody asks the database once. Used by the connection's loop alone, never by its commands.</summary>
internal sealed class DirectConversationCache(ChatUser user, ConversationRegistry conversations, ConversationStore store) : IDisposable
{
    /// <summary>Names that are kept; beyond it all are let go, and looked up again.</summary>
    private const int MaxNames = 100;

    /// <summary>Conversations with different guests of one name that are looked through for what one of them was sent.</summary>
    public const int MaxNamesakes = 20;

    private readonly Dictionary<string, List<Lease<DirectConversation>>> byName = [];

    /// <summary>All with anybody who bore the name, the latest begun first.</summary>
    public async ValueTask<IReadOnlyList<Lease<DirectConversation>>> WithAsync(UserName name, CancellationToken cancellation)
    {
        if (byName.TryGetValue(name.Key, out var known)) return known;
        var records = await store.DirectWithAsync(user.Identity.Key, name, MaxNamesakes, cancellation);
        if (byName.Count >= MaxNames) Dispose();
        return byName[name.Key] = [.. records.Select(record => conversations.HoldDirect(user, record))];
    }

    /// <summary>The one with this user, begun where there is none.</summary>
    public async ValueTask<DirectConversation> OpenAsync(ChatUser other, CancellationToken cancellation)
    {
        var known = await WithAsync(other.Name, cancellation);
        if (known.FirstOrDefault(lease => lease.Conversation.Fanout.IsOf(user.Identity, other.Identity)) is { } found) return found.Conversation;
        var opened = await conversations.OpenDirectAsync(user, other, cancellation);
        byName[other.Name.Key].Insert(0, opened);
        return opened.Conversation;
    }

    public void Dispose()
    {
        foreach (var lease in byName.Values.SelectMany(leases => leases)) lease.Dispose();
        byName.Clear();
    }
}
