using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;

namespace Chat.Daemon.Hooks;

/// <summary>
/// Turns what happens in conversations into events, and offers them to the handlers. Called after delivery; joins and leaves are
/// reported under the fan-out's lock. So it is quick and never throws. Without handlers it costs one check.
/// </summary>
internal sealed class EventBus(CommandRegistry registry, TimeProvider time)
{
    public void Posted(Conversation conversation, IReadOnlyList<PendingMessage> batch)
    {
        if (registry.Current.Hooks.OfMessages.Length == 0) return;
        var room = (conversation as RoomConversation)?.ToRoom();
        foreach (var message in batch)
        {
            var logged = message.Logged!;
            Offer(hooks => hooks.OfMessages, new MessagePosted(
                DateTimeOffset.FromUnixTimeMilliseconds(logged.AtMs),
                message.Sender.User.ToUser(),
                room,
                message.Recipient?.ToUser(),
                logged.Seq,
                logged.Text,
                logged.Via));
        }
    }

    public void Joined(RoomConversation room, Subscriber subscriber)
    {
        if (registry.Current.Hooks.OfJoins.Length == 0) return;
        Offer(hooks => hooks.OfJoins, new UserJoined(time.GetUtcNow(), subscriber.User.ToUser(), room.ToRoom(), subscriber.Language));
    }

    public void Left(RoomConversation room, ChatUser user)
    {
        if (registry.Current.Hooks.OfLeaves.Length == 0) return;
        Offer(hooks => hooks.OfLeaves, new UserLeft(time.GetUtcNow(), user.ToUser(), room.ToRoom()));
    }

    /// <summary>If a handler is draining, its successor takes the event.</summary>
    private void Offer(Func<HookTable, HandlerQueue[]> of, ChatEvent happened)
    {
        foreach (var handler in of(registry.Current.Hooks))
        {
            for (var next = handler; next is not null && !next.TryOffer(happened);)
            {
                var drained = next;
                next = Array.Find(of(registry.Current.Hooks), h => h.Owner.Id == drained.Owner.Id && h.Name == drained.Name);
                if (next == drained) break;
            }
        }
    }
}
