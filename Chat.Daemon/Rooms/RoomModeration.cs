using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Reading;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Removes users from rooms. Safe from any thread.</summary>
internal sealed class RoomModeration(
    ConversationRegistry conversationRegistry, RoomLists roomLists, Notifier notifier, EventBus eventBus, SecurityLog security)
{
    /// <summary>
    /// Takes all connections of the user out of the room, and the room off the account's list; tells everybody in it. If the list cannot be
    /// written, the user is out all the same, until the next login joins the room again.
    /// </summary>
    /// <returns>False if there is no such room, or the user is neither in it nor has it on a list.</returns>
    public async Task<bool> KickAsync(string roomName, User user, string reason, ChatUser by, CancellationToken cancellation)
    {
        using var lease = RoomName.TryParse(roomName, out var name) ? await conversationRegistry.FindRoomAsync(name, cancellation) : null;
        if (lease is null) return false;
        var room = lease.Conversation;
        var identity = new Identity(user.Id);
        using var turn = await roomLists.TakeTurnAsync(identity, cancellation);
        var (isOffList, isOut) = (false, false);
        try
        {
            isOffList = await roomLists.RemoveAsync(identity, room.Id);
        }
        finally
        {
            var subscribers = room.Fanout.SubscribersOf(identity);
            isOut = isOffList || subscribers.Count > 0;
            if (isOut) TakeOut(room, subscribers, user, reason, by);
        }
        return isOut;
    }

    private void TakeOut(RoomConversation room, IReadOnlyList<Subscriber> subscribers, User user, string reason, ChatUser by)
    {
        // Before the user leaves, to tell them too.
        notifier.TellRoom(room, texts => texts.Kicked(user.Name, by.Name.Text, reason));
        eventBus.Kicked(room, user, by, reason);
        foreach (var subscriber in subscribers) room.Fanout.Leave(subscriber, new DaemonFrame.Left(room.Name.Text, LeftReason.Kicked));
        security.UserKicked(user.Name, room.Name.Text, by.Name.Text);
    }
}
