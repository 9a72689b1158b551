using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Who may enter, see or make a room.</summary>
internal sealed class RoomAccess(CommandRegistry commands, ConversationStore store, RoomStore settings, BansAndMutes restrictions, OptionsSource options)
{
    /// <param name="room">Where; null outside of any.</param>
    public bool May(ChatUser user, string permission, RoomConversation? room = null)
    {
        var permissions = commands.Current.Permissions;
        // Most daemons have no rules for single rooms: then no id needs writing out, which would be once a message.
        return permissions.Allows(user.Role, permission, permissions.HasRoomRules ? room?.ToRoom().Id : null);
    }

    /// <summary>A private room is there for its owner, those invited, and moderators; to others it does not exist.</summary>
    public async ValueTask<bool> MayEnterAsync(ChatUser user, RoomConversation room, CancellationToken cancellation)
    {
        if (!room.Traits.IsPrivate) return true;
        if (user.Role >= Role.Moderator || room.Traits.Owner == user.Identity.Key) return true;
        return await settings.IsInvitedAsync(room.Id, user.Identity.Key, cancellation);
    }

    /// <summary>Names of rooms that the user may enter and that begin so; what can begin no name has none.</summary>
    public async ValueTask<IReadOnlyList<string>> RoomsLikeAsync(Identity identity, Role role, string beginning, int limit, CancellationToken cancellation)
    {
        if (!RoomName.TryParse(beginning, out var name) && beginning.Length > 0) return [];
        return await store.RoomNamesAsync(name?.Key ?? "", identity.Key, all: role >= Role.Moderator, limit, cancellation);
    }

    public async ValueTask<bool> MayCreateAsync(ChatUser user, CancellationToken cancellation)
    {
        if (!May(user, PermissionTable.CreateRoom)) return false;
        var limit = options.Current.Limits.Rooms;
        return limit == 0 || await store.CountRoomsAsync(cancellation) < limit;
    }

    /// <summary>Why the user may not write there now; null where it may.</summary>
    public Refusal? RefusalToWrite(ChatUser user, Conversation conversation)
    {
        var room = conversation as RoomConversation;
        if (!May(user, room is null ? PermissionTable.SendDirect : PermissionTable.SendMessage, room)) return new Refusal(RefusalCode.Forbidden, room?.Name.Text);
        return restrictions.MuteOf(user.Identity.Key, conversation.Id) is { } left ? new Refusal(RefusalCode.Muted, room?.Name.Text, left) : null;
    }
}
