using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Configuration;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Decides who may see, enter, write to and delete a room.</summary>
internal sealed class RoomAccess(
    CommandRegistry commandRegistry,
    ConversationStore conversationStore,
    RoomStore roomStore,
    Silences silences,
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

    /// <summary>Whether the room exists for the user.</summary>
    public async ValueTask<bool> MayEnterAsync(ChatUser user, RoomConversation room, CancellationToken cancellation) =>
        IsVisible(user, room.Traits.IsPrivate, room.Traits.Owner, isInvited: false)
        || await roomStore.IsInvitedAsync(room.Id, user.Identity.Key, cancellation);

    /// <summary>Whether the user may enter a room on its list.</summary>
    public bool MayEnter(ChatUser user, ListedRoom room)
    {
        var permissions = commandRegistry.Current.Permissions;
        return IsVisible(user, room.IsPrivate, room.Owner, room.IsInvited)
            && permissions.Allows(user.Role, PermissionTable.JoinRoom, permissions.HasRoomRules ? $"{room.Id.Value}" : null);
    }

    /// <returns>The refusal's code; null if the user may join the room now.</returns>
    public async ValueTask<string?> RefusalToEnterAsync(ChatUser user, RoomConversation room, CancellationToken cancellation)
    {
        if (!await MayEnterAsync(user, room, cancellation)) return RefusalCode.NoSuchRoom;
        return May(user, PermissionTable.JoinRoom, room) ? null : RefusalCode.Forbidden;
    }

    /// <summary>Whether the user may change a private room as its owner may.</summary>
    public static bool IsOwner(ChatUser user, RoomConversation room) => IsOwner(user, room.Traits.Owner);

    /// <summary>The rooms that the user may see, and those that it is in.</summary>
    /// <param name="isIn">Whether the user is in the room of that key.</param>
    public async ValueTask<IReadOnlyList<StoredRoom>> ListAsync(ChatUser user, Func<string, bool> isIn, CancellationToken cancellation)
    {
        var invitedTo = await roomStore.InvitedToAsync(user.Identity.Key, cancellation);
        var visible = new List<StoredRoom>();
        IReadOnlyList<StoredRoom> page;
        for (var after = ""; (page = await conversationStore.RoomsAsync(after, PageSize, cancellation)).Count > 0; after = page[^1].Key)
        {
            visible.AddRange(page.Where(room =>
                IsVisible(user, room.Private == true, room.Owner, invitedTo.Contains(room.Id.Value)) || isIn(room.Key)));
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

    /// <returns>The refusal's code; null if a new room may have the name, as far as no other room has it. The default room may.</returns>
    public string? RefusalOfNew(RoomName name)
    {
        var standard = options.Current.DefaultRoom;
        if (name.Equals(standard)) return null;
        if (!name.IsValidForNew) return RefusalCode.BadName;
        return name.LooksReserved || name.LookKey == standard.LookKey ? RefusalCode.NameTaken : null;
    }

    /// <param name="conversation">Null for a text that belongs to none: then only a mute everywhere counts.</param>
    /// <returns>Null if the user may write there now.</returns>
    public Refusal? RefusalToWrite(Attachment writer, Conversation? conversation) => RefusalToWrite(writer.Speaker, conversation);

    /// <inheritdoc cref="RefusalToWrite(Attachment, Conversation?)"/>
    public Refusal? RefusalToWrite(Speaker writer, Conversation? conversation)
    {
        var room = conversation as RoomConversation;
        if (conversation is not null && !May(writer.User, room is null ? PermissionTable.SendDirect : PermissionTable.SendMessage, room))
            return new Refusal(RefusalCode.Forbidden, room?.Name.Text);
        if (silences.Mutes.Of(writer, conversation?.Id ?? default) is { } mute) return RefusalOf(mute, room);
        return conversation is DirectConversation { Fanout: var between }
            && silences.Blocks.Has(by: between.OtherThan(writer.User.Identity), writer.User.Identity)
                ? new Refusal(RefusalCode.Rejected, Say: texts => texts.BlockedByOther())
                : null;
    }

    /// <returns>Null if the user may delete the room. Nobody deletes the default room: logins join it.</returns>
    public Refusal? RefusalToDelete(ChatUser user, RoomConversation room) =>
        !May(user, PermissionTable.DeleteRoom, room) ? new Refusal(RefusalCode.Forbidden, room.Name.Text)
        : room.Name.Equals(options.Current.DefaultRoom)
            ? new Refusal(RefusalCode.Forbidden, room.Name.Text, Say: texts => texts.DefaultRoomStays(room.Name.Text))
            : null;

    /// <summary>
    /// A private room exists only for its owner, the users invited to it, and moderators. <see cref="ConversationStore.RoomNamesAsync"/>
    /// says the same in SQL.
    /// </summary>
    private static bool IsVisible(ChatUser user, bool isPrivate, string? owner, bool isInvited) =>
        !isPrivate || isInvited || IsOwner(user, owner);

    private static bool IsOwner(ChatUser user, string? owner) => owner == user.Identity.Key || user.Role >= Role.Moderator;

    private static Refusal RefusalOf(ActiveMute mute, RoomConversation? room) =>
        new(RefusalCode.Muted, room?.Name.Text, mute.Left, Say: texts => texts.Muted(mute));
}
