using Chat.Daemon.Accounts;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>The rooms as a user sees them.</summary>
internal sealed class RoomDirectory(ConversationRegistry conversationRegistry, RoomAccess access)
{
    /// <returns>Null if there is no room of that name that the user may see.</returns>
    public async ValueTask<Lease<RoomConversation>?> FindAsync(ChatUser user, string room, CancellationToken cancellation)
    {
        var lease = RoomName.TryParse(room, out var name) ? await conversationRegistry.FindRoomAsync(name, cancellation) : null;
        if (lease is not null && await access.MayEnterAsync(user, lease.Conversation, cancellation)) return lease;
        lease?.Dispose();
        return null;
    }

    /// <summary>The rooms with the number of users in each.</summary>
    /// <param name="isIn">As for <see cref="RoomAccess.ListAsync"/>.</param>
    public async ValueTask<IReadOnlyList<(StoredRoom Room, int Users)>> ListAsync(
        ChatUser user, Func<string, bool> isIn, CancellationToken cancellation)
    {
        var populations = conversationRegistry.Populations();
        var rooms = await access.ListAsync(user, isIn, cancellation);
        return [.. rooms.Select(room => (room, populations.GetValueOrDefault(room.Id)))];
    }

    /// <inheritdoc cref="RoomAccess.ListNamesAsync"/>
    public ValueTask<IReadOnlyList<string>> ListNamesAsync(ChatUser user, string prefix, int limit, CancellationToken cancellation) =>
        access.ListNamesAsync(user.Identity, user.Role, prefix, limit, cancellation);
}
