using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Decides who may see, enter, create and write to a room.</summary>
internal sealed class RoomAccess(
    CommandRegistry commandRegistry,
    ConversationStore conversationStore,
    RoomStore roomStore,
    Mutes mutes,
    OptionsSource options)
{
    private const int PageSize = 500;

    /// <param name="room">Null outside of any room.</param>
    public bool May(ChatUser user, string permission, RoomConversation? room = null)
    {
        var permissions = commandRegistry.Current.Permissions;
        // Most daemons have no rules for single rooms. Then the room's id need not be formatted for each message.
        return permissions.Allows(user.Role, permission, permissions.HasRoomRules ? room?.ToRoom().Id : null);
    }

    /// <summary>A private room exists only for its owner, the users invited to it, and moderators.</summary>
    public async ValueTask<bool> MayEnterAsync(ChatUser user, RoomConversation room, CancellationToken cancellation)
    {
        if (!room.Traits.IsPrivate || IsOwner(user, room)) return true;
        return await roomStore.IsInvitedAsync(room.Id, user.Identity.Key, cancellation);
    }

    /// <summary>Whether the user may change a private room as its owner may.</summary>
    public static bool IsOwner(ChatUser user, RoomConversation room) =>
        room.Traits.Owner == user.Identity.Key || user.Role >= Role.Moderator;

    /// <summary>The rooms that the user may see: public ones, its own, and those that it is invited to or in.</summary>
    /// <param name="isIn">Whether the user is in the room of that key.</param>
    public async ValueTask<IReadOnlyList<StoredRoom>> ListAsync(ChatUser user, Func<string, bool> isIn, CancellationToken cancellation)
    {
        var invitedTo = await roomStore.InvitedToAsync(user.Identity.Key, cancellation);
        var visible = new List<StoredRoom>();
        IReadOnlyList<StoredRoom> page;
        for (var after = ""; (page = await conversationStore.RoomsAsync(after, PageSize, cancellation)).Count > 0; after = page[^1].Key)
        {
            visible.AddRange(page.Where(room =>
                room.Private != true || room.Owner == user.Identity.Key || invitedTo.Contains(room.Id.Value) || isIn(room.Key)));
        }
        return visible;
    }

    /// <summary>
    /// Names of rooms that the user may enter and that begin with <paramref name="prefix"/>. Empty if no name can begin so.
    /// </summary>
    public async ValueTask<IReadOnlyList<string>> ListNamesAsync(
        Identity identity, Role role, string prefix, int limit, CancellationToken cancellation)
    {
        if (!RoomName.TryParse(prefix, out var name) && prefix.Length > 0) return [];
        return await conversationStore.RoomNamesAsync(name?.Key ?? "", identity.Key, all: role >= Role.Moderator, limit, cancellation);
    }

    public async ValueTask<bool> MayCreateAsync(ChatUser user, CancellationToken cancellation)
    {
        if (!May(user, PermissionTable.CreateRoom)) return false;
        var limit = options.Current.Limits.Rooms;
        return limit == 0 || await conversationStore.CountRoomsAsync(cancellation) < limit;
    }

    /// <param name="conversation">Null for a text that belongs to none: then only a mute everywhere counts.</param>
    /// <returns>Null if the user may write there now.</returns>
    public Refusal? RefusalToWrite(Attachment writer, Conversation? conversation)
    {
        var room = conversation as RoomConversation;
        if (conversation is not null && !May(writer.User, room is null ? PermissionTable.SendDirect : PermissionTable.SendMessage, room))
            return new Refusal(RefusalCode.Forbidden, room?.Name.Text);
        return mutes.Of(writer.Speaker, conversation?.Id ?? default) is { } mute ? RefusalOf(mute, room) : null;
    }

    private static Refusal RefusalOf(ActiveMute mute, RoomConversation? room) =>
        new(RefusalCode.Muted, room?.Name.Text, mute.Left, Say: texts => texts.Muted(mute));
}
