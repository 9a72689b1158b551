using Chat.Daemon.Delivery;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Sessions.Limits;
using Chat.Daemon.Storage;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>
/// Answers messages and changes that were logged before, when a client sends them again. They are looked up before any other check, and
/// where they were logged: a name may belong to another user by now. Messages and changes share one space of ids.
/// </summary>
internal sealed class Resends(ConversationRegistry conversationRegistry, WorkPrice price)
{
    /// <param name="frame">Has an id.</param>
    /// <param name="membership">Null if the connection is not in the room: it may have left meanwhile.</param>
    public async ValueTask<Resend> AnswerAsync(Attachment sender, ClientFrame frame, RoomName name, Membership? membership)
    {
        if (membership is not null) return await AnswerAsync(sender, frame, membership.Room, membership.Subscriber);
        using var lease = await conversationRegistry.FindRoomAsync(name, sender.Connection.Ending);
        return lease is null ? default : await AnswerAsync(sender, frame, lease.Conversation, null);
    }

    /// <inheritdoc cref="AnswerAsync(Attachment, ClientFrame, RoomName, Membership?)"/>
    public async ValueTask<Resend> AnswerAsync(Attachment sender, ClientFrame frame, UserName name)
    {
        foreach (var lease in await sender.Directs.WithAsync(name, sender.Connection.Ending))
        {
            var resend = await AnswerAsync(sender, frame, lease.Conversation, sender.DirectSubscriber);
            if (resend.IsAnswered) return resend;
        }
        return default;
    }

    private async ValueTask<Resend> AnswerAsync(
        Attachment sender, ClientFrame frame, Conversation conversation, Subscriber? subscriber)
    {
        switch (await conversation.Sequencer.FindAsync(sender.Sender, frame.Id!, sender.Connection.Ending))
        {
            case null:
                return default;
            case LoggedMessage message when frame is ClientFrame.Message:
                await EchoAsync(sender, frame.Id!, conversation, subscriber, message);
                return new(IsAnswered: true, null);
            case LoggedChange change when IsOf(frame, change):
                sender.Connection.Outbox.Reply(conversation.Fanout.Address.Frame(change) with { Id = frame.Id });
                return new(IsAnswered: true, null);
            default:
                var room = (conversation as RoomConversation)?.Name.Text;
                return new(IsAnswered: true, new Refusal(RefusalCode.BadArguments, room, Say: texts => texts.IdUsed()));
        }
    }

    /// <summary>The message as it is now. It is charged for here: the loop cannot tell it from the echoes of earlier messages.</summary>
    private async ValueTask EchoAsync(
        Attachment sender, string id, Conversation conversation, Subscriber? subscriber, LoggedMessage message)
    {
        var bytes = 0;
        if (subscriber is null || !await conversation.AnswerAsync(subscriber, async _ => await EncodedAsync()))
            sender.Connection.Outbox.Reply(await EncodedAsync());
        price.Charge(sender, PriceTable.OfAnswered(bytes));

        async ValueTask<Piece> EncodedAsync()
        {
            var piece = Outbox.Encoded(conversation.Fanout.Address.Frame(await NowAsync()) with { Id = id });
            bytes = piece.Length;
            return piece;
        }

        async ValueTask<LoggedMessage> NowAsync()
        {
            try
            {
                // A message that retention has removed meanwhile is not shown again.
                return await conversation.FindAsync(message.Seq, sender.User.Identity.Key, sender.Connection.Ending)
                    ?? message with { Text = "", Mentions = null, Erased = true };
            }
            catch (DamagedRowException)
            {
                return message; // as the sequencer shows it; the reader has told the operator
            }
        }
    }

    private static bool IsOf(ClientFrame frame, LoggedChange change) => frame switch
    {
        ClientFrame.Edit edit => change.Kind == ChangeKind.Edit && change.Seq == edit.Seq,
        ClientFrame.Delete delete => change.Kind == ChangeKind.Delete && change.Seq == delete.Seq,
        ClientFrame.React react => change.Kind is ChangeKind.React or ChangeKind.Unreact && change.Seq == react.Seq,
        _ => false,
    };
}
