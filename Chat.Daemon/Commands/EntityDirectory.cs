using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <inheritdoc cref="IEntityDirectory"/>
internal sealed class EntityDirectory(
    UserDirectory userDirectory, SessionRegistry sessionRegistry, ConversationRegistry conversationRegistry, RoomAccess access)
    : IEntityDirectory
{
    public async ValueTask<User?> FindUserAsync(string name, CancellationToken cancellation) =>
        UserName.TryParse(name, out var parsed) && await userDirectory.FindAsync(parsed, cancellation) is { } user ? user.ToUser() : null;

    public async ValueTask<Room?> FindRoomAsync(string name, User caller, CancellationToken cancellation)
    {
        if (!RoomName.TryParse(name, out var parsed)) return null;
        using var lease = await conversationRegistry.FindRoomAsync(parsed, cancellation);
        if (lease is null || !await access.MayEnterAsync(ChatUserOf(caller), lease.Conversation, cancellation)) return null;
        return lease.Conversation.ToRoom();
    }

    public async ValueTask<IReadOnlyList<string>> UsersLikeAsync(
        string beginning, Room? room, int limit, CancellationToken cancellation)
    {
        IEnumerable<UserName> here = [];
        if (room is not null && RoomName.TryParse(room.Name, out var name))
        {
            using var lease = await conversationRegistry.FindRoomAsync(name, cancellation);
            here = lease?.Conversation.Fanout.Present.Select(member => member.Name) ?? [];
        }
        var others = sessionRegistry.Attached().Select(s => s.Name).OrderBy(n => n.Key, StringComparer.Ordinal);
        return [.. here.Concat(others).Where(n => IsLike(n.Text, beginning)).Select(n => n.Text).Distinct().Take(limit)];
    }

    public ValueTask<IReadOnlyList<string>> RoomsLikeAsync(string beginning, User caller, int limit, CancellationToken cancellation) =>
        access.ListNamesAsync(new Identity(caller.Id), caller.Role, beginning, limit, cancellation);

    private static bool IsLike(string name, string beginning) =>
        NameFold.Of(name).StartsWith(NameFold.Of(beginning), StringComparison.Ordinal);

    private static ChatUser ChatUserOf(User user)
    {
        if (!UserName.TryParse(user.Name, out var name)) throw new ArgumentException("The caller has no valid name.", nameof(user));
        return new(new Identity(user.Id), name, user.Role);
    }
}
