using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Commands;

/// <inheritdoc cref="IEntityDirectory"/>
internal sealed class EntityDirectory(UserDirectory people, SessionRegistry sessions, ConversationRegistry conversations, RoomAccess access) : IEntityDirectory
{
    public async ValueTask<User?> FindUserAsync(string name, CancellationToken cancellation) =>
        UserName.TryParse(name, out var parsed) && await people.FindAsync(parsed, cancellation) is { } user ? user.ToUser() : null;

    public async ValueTask<Room?> FindRoomAsync(string name, User caller, CancellationToken cancellation)
    {
        if (!RoomName.TryParse(name, out var parsed)) return null;
        using var lease = await conversations.FindRoomAsync(parsed, cancellation);
        return lease is not null && await access.MayEnterAsync(PersonOf(caller), lease.Conversation, cancellation) ? lease.Conversation.ToRoom() : null;
    }

    public async ValueTask<IReadOnlyList<string>> UsersLikeAsync(string beginning, Room? room, int limit, CancellationToken cancellation)
    {
        IEnumerable<UserName> here = [];
        if (room is not null && RoomName.TryParse(room.Name, out var name))
        {
            using var lease = await conversations.FindRoomAsync(name, cancellation);
            here = lease?.Conversation.Fanout.Users().Select(p => p.Name) ?? [];
        }
        var others = sessions.Attached().Select(s => s.Name).OrderBy(n => n.Key, StringComparer.Ordinal);
        return [.. here.Concat(others).Where(n => IsLike(n.Text, beginning)).Select(n => n.Text).Distinct().Take(limit)];
    }

    public ValueTask<IReadOnlyList<string>> RoomsLikeAsync(string beginning, User caller, int limit, CancellationToken cancellation) =>
        access.ListNamesAsync(new Identity(caller.Id), caller.Role, beginning, limit, cancellation);

    private static bool IsLike(string name, string beginning) => NameFold.Of(name).StartsWith(NameFold.Of(beginning), StringComparison.Ordinal);

    private static ChatUser PersonOf(User user) => new(new Identity(user.Id), UserName.TryParse(user.Name, out var name) ? name : throw new ArgumentException("The caller has no name.", nameof(user)), user.Role);
}
