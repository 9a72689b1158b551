using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Hooks;

/// <summary>
/// Turns what happens in conversations into events, and offers them to the handlers. Called after delivery; joins and leaves are
/// reported under the fan-out's lock. So it is quick and never throws. Without handlers it costs one check.
/// </summary>
internal sealed class EventBus(CommandRegistry commandRegistry, TimeProvider time)
{
    public void Committed(Conversation conversation, IReadOnlyList<PendingAppend> batch)
    {
        if (!commandRegistry.Current.Hooks.HearsConversations) return;
        var room = (conversation as RoomConversation)?.ToRoom();
        foreach (var append in batch)
        {
            switch (append)
            {
                case PendingMessage message:
                    Offer(hooks => hooks.OfMessages, PostedOf(message, room));
                    break;
                case PendingChange { Decided.Rev: not null, Kind: ChangeKind.Edit } edit:
                    Offer(hooks => hooks.OfEdits, EditedOf(edit, room));
                    break;
                case PendingChange { Decided.Rev: not null, Kind: ChangeKind.Delete } deletion:
                    Offer(hooks => hooks.OfMessageDeletions, DeletedOf(deletion, room));
                    break;
                case PendingChange { Decided.Rev: not null } reaction:
                    Offer(hooks => hooks.OfReactions, ReactedOf(reaction, room));
                    break;
                default: // a change that was refused, or had nothing to do
                    break;
            }
        }
    }

    public void Joined(RoomConversation room, Subscriber subscriber)
    {
        if (commandRegistry.Current.Hooks.OfJoins.Length == 0) return;
        Offer(hooks => hooks.OfJoins, new UserJoined(time.GetUtcNow(), subscriber.User.ToUser(), room.ToRoom(), subscriber.Language));
    }

    public void Left(RoomConversation room, ChatUser user)
    {
        if (commandRegistry.Current.Hooks.OfLeaves.Length == 0) return;
        Offer(hooks => hooks.OfLeaves, new UserLeft(time.GetUtcNow(), user.ToUser(), room.ToRoom()));
    }

    /// <param name="by">Null if nobody needed the room any more.</param>
    public void Deleted(Room room, ChatUser? by)
    {
        if (commandRegistry.Current.Hooks.OfDeletions.Length == 0) return;
        Offer(hooks => hooks.OfDeletions, new RoomDeleted(time.GetUtcNow(), room, by?.ToUser()));
    }

    private static MessagePosted PostedOf(PendingMessage message, Room? room)
    {
        var logged = message.Logged!;
        var (sender, recipient) = (message.Sender.User.ToUser(), message.Recipient?.ToUser());
        return new(TimeOf(logged), sender, room, recipient, logged.Seq, logged.Text, logged.Via);
    }

    private static MessageEdited EditedOf(PendingChange edit, Room? room) =>
        new(TimeOf(edit.Logged!), edit.Sender.User.ToUser(), room, edit.Recipient?.ToUser(), edit.Seq, edit.Text!);

    private static MessageDeleted DeletedOf(PendingChange deletion, Room? room) =>
        new(TimeOf(deletion.Logged!), deletion.Sender.User.ToUser(), room, deletion.Recipient?.ToUser(), deletion.Seq);

    private static ReactionChanged ReactedOf(PendingChange change, Room? room)
    {
        var (by, recipient) = (change.Sender.User.ToUser(), change.Recipient?.ToUser());
        return new(TimeOf(change.Logged!), by, room, recipient, change.Seq, change.Emoji!, change.Kind == ChangeKind.Unreact);
    }

    private static DateTimeOffset TimeOf(LogEntry logged) => DateTimeOffset.FromUnixTimeMilliseconds(logged.AtMs);

    /// <summary>If a handler is draining, its successor takes the event.</summary>
    private void Offer(Func<HookTable, HandlerQueue[]> of, ChatEvent happened)
    {
        foreach (var handler in of(commandRegistry.Current.Hooks))
        {
            for (var next = handler; next is not null && !next.TryOffer(happened);)
            {
                var drained = next;
                next = Array.Find(of(commandRegistry.Current.Hooks), h => h.Owner.Id == drained.Owner.Id && h.Name == drained.Name);
                if (next == drained) break;
            }
        }
    }
}
