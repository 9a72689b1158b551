using Chat.Daemon.Accounts;
using Chat.Daemon.Diagnostics;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Removes users from rooms. Safe from any thread.</summary>
internal sealed class RoomModeration(ConversationRegistry conversationRegistry, Notifier notifier, SecurityLog security)
{
    /// <summary>Takes all connections of the user out of the room, and tells everybody in it.</summary>
    /// <returns>False if there is no such room, or the user is not in it.</returns>
    public async Task<bool> KickAsync(string roomName, User user, string reason, string by, CancellationToken cancellation)
    {
        using var lease = RoomName.TryParse(roomName, out var name) ? await conversationRegistry.FindRoomAsync(name, cancellation) : null;
        if (lease is null) return false;
        var room = lease.Conversation;
        var subscribers = room.Fanout.SubscribersOf(new Identity(user.Id));
        if (subscribers.Count == 0) return false;
        notifier.TellRoom(room, texts => texts.Kicked(user.Name, reason)); // before the user leaves, who hears the reason too
        foreach (var subscriber in subscribers) room.Fanout.Leave(subscriber, new DaemonFrame.Left(room.Name.Text, ByeReason.Kicked));
        security.UserKicked(user.Name, room.Name.Text, by);
        return true;
    }
}
