using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Storage.Log;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>
/// The direct conversations that one connection has used, by the other user's name, so that writing to somebody asks the database once.
/// Used by the connection's loop alone, never by commands.
/// </summary>
internal sealed class DirectConversationCache(
    ChatUser user, ConversationRegistry conversationRegistry, ConversationStore conversationStore) : IDisposable
{
    /// <summary>Names kept. Beyond that the cache is emptied, and names are looked up again.</summary>
    private const int MaxNames = 100;

    /// <summary>Conversations with different guests of one name that are searched for a message sent earlier.</summary>
    public const int MaxNamesakes = 20;

    private readonly Dictionary<string, List<Lease<DirectConversation>>> byName = [];

    /// <summary>The conversations with all users who have had the name, the latest first.</summary>
    public async ValueTask<IReadOnlyList<Lease<DirectConversation>>> WithAsync(UserName name, CancellationToken cancellation)
    {
        if (byName.TryGetValue(name.Key, out var known)) return known;
        var records = await conversationStore.DirectWithAsync(user.Identity.Key, name, MaxNamesakes, cancellation);
        if (byName.Count >= MaxNames) Dispose();
        return byName[name.Key] = [.. records.Select(record => conversationRegistry.HoldDirect(user, record))];
    }

    /// <summary>The conversation with this user, created if there is none.</summary>
    public async ValueTask<DirectConversation> OpenAsync(ChatUser other, CancellationToken cancellation)
    {
        var known = await WithAsync(other.Name, cancellation);
        if (known.FirstOrDefault(lease => lease.Conversation.Fanout.IsOf(user.Identity, other.Identity)) is { } found)
            return found.Conversation;
        var opened = await conversationRegistry.OpenDirectAsync(user, other, cancellation);
        byName[other.Name.Key].Insert(0, opened);
        return opened.Conversation;
    }

    public void Dispose()
    {
        foreach (var lease in byName.Values.SelectMany(leases => leases)) lease.Dispose();
        byName.Clear();
    }
}
