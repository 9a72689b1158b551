using System.Globalization;
using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Decides who may change a message.</summary>
internal sealed class ChangeAccess(RoomAccess access, AccountStore accountStore)
{
    /// <summary>If an old message has no known author, only the session that sent it counts as the author.</summary>
    public static bool IsOwn(Attachment user, LoggedMessage message) => message.Identity is { } author
        ? author == user.User.Identity.Key
        : message.Session == user.Session.Id;

    /// <returns>Null if the user may. Mutes and filters are the gate's.</returns>
    public ValueTask<Refusal?> RefusalToEdit(Attachment user, Conversation conversation, LoggedMessage message) => new(
        IsOwn(user, message) && message.Via is null && access.May(user.User, PermissionTable.EditMessage, conversation as RoomConversation)
            ? null
            : Forbidden(conversation));

    /// <returns>Null if the user may, even if muted.</returns>
    public async ValueTask<Refusal?> RefusalToDeleteAsync(Attachment user, Conversation conversation, LoggedMessage message)
    {
        var room = conversation as RoomConversation;
        if (IsOwn(user, message)) return access.May(user.User, PermissionTable.DeleteOwn, room) ? null : Forbidden(conversation);
        if (room is null || !access.May(user.User, PermissionTable.DeleteMessage, room)) return Forbidden(conversation);
        return await RoleOfAsync(message, user.Connection.Ending) <= user.User.Role ? null : Forbidden(conversation);
    }

    /// <returns>Null if the user may.</returns>
    public ValueTask<Refusal?> RefusalToReact(Attachment user, Conversation conversation, LoggedMessage message) => new(
        access.May(user.User, PermissionTable.React, conversation as RoomConversation)
            ? access.RefusalToWrite(user, conversation)
            : Forbidden(conversation));

    /// <summary>The author's current role. An author who no longer exists counts as a guest.</summary>
    private async ValueTask<Role> RoleOfAsync(LoggedMessage message, CancellationToken cancellation)
    {
        if (message.Identity is not ['a', .. var number]) return Role.Guest;
        return (await accountStore.FindAsync(long.Parse(number, CultureInfo.InvariantCulture), cancellation))?.Role ?? Role.Guest;
    }

    private static Refusal Forbidden(Conversation conversation) =>
        new(RefusalCode.Forbidden, (conversation as RoomConversation)?.Name.Text);
}
