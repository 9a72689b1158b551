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
internal sealed class EventBus(HandlerOffers offers, CommandRegistry commandRegistry)
{
    public void Committed(Conversation conversation, IReadOnlyList<PendingAppend> batch)
    {
        var place = conversation as RoomConversation;
        if (!commandRegistry.Current.Hooks.HearsConversation(place?.Id.Value)) return;
        var room = place?.ToRoom();
        foreach (var append in batch)
        {
            switch (append)
            {
                case PendingMessage message:
                    offers.Offer(PostedOf(message, room));
                    break;
                case PendingChange { Decided.Rev: not null, Kind: ChangeKind.Edit } edit:
                    offers.Offer(EditedOf(edit, room));
                    break;
                case PendingChange { Decided.Rev: not null, Kind: ChangeKind.Delete } deletion:
                    offers.Offer(DeletedOf(deletion, room));
                    break;
                case PendingChange { Decided.Rev: not null } reaction:
                    offers.Offer(ReactedOf(reaction, room));
                    break;
                default: // a change that was refused, or had nothing to do
                    break;
            }
        }
    }

    public void Joined(RoomConversation room, Subscriber subscriber) =>
        offers.Offer(at => new UserJoined(at, subscriber.User.ToUser(), room.ToRoom(), subscriber.Language));

    public void Left(RoomConversation room, ChatUser user) => offers.Offer(at => new UserLeft(at, user.ToUser(), room.ToRoom()));

    /// <param name="by">Null if nobody needed the room any more.</param>
    public void Deleted(Room room, ChatUser? by) => offers.Offer(at => new RoomDeleted(at, room, by?.ToUser()));

    public void TopicChanged(RoomConversation room, ChatUser by, string topic) =>
        offers.Offer(at => new TopicChanged(at, room.ToRoom(), by.ToUser(), topic));

    public void Kicked(RoomConversation room, User user, ChatUser by, string reason) =>
        offers.Offer(at => new UserKicked(at, user, room.ToRoom(), by.ToUser(), reason));

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
}
