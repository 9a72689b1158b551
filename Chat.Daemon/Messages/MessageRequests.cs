using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Answers <c>message</c> frames.</summary>
internal sealed class MessageRequests(
    ConversationRegistry conversationRegistry,
    UserDirectory userDirectory,
    OnlineUsers onlineUsers,
    RoomAccess access,
    MessageSubmission submission)
{
    /// <summary>
    /// Begins to append a message; the echo follows once it is in the log. A message that is already logged is only echoed again.
    /// </summary>
    /// <param name="outcome">As in <see cref="PendingMessage.Outcome"/>. Set if a command sends, from any thread and without an id.</param>
    public ValueTask<Refusal?> PostAsync(Attachment sender, ClientFrame.Message frame, TaskCompletionSource<string?>? outcome = null) =>
        frame.Room is not null ? PostToRoomAsync(sender, frame, frame.Room, outcome) : PostToUserAsync(sender, frame, frame.To!, outcome);

    private async ValueTask<Refusal?> PostToRoomAsync(
        Attachment sender, ClientFrame.Message frame, string room, TaskCompletionSource<string?>? outcome)
    {
        if (!RoomName.TryParse(room, out var name)) return new Refusal(RefusalCode.BadName, room);
        var membership = sender.In(name.Key);
        if (frame.Id is not null && await IsEchoedAgainAsync(sender, frame.Id, membership?.Room, name)) return null;
        if (await RefusalForAsync(sender, frame.Text, name.Text) is { } refusal) return refusal;
        if (membership is null)
        {
            return new Refusal(access.May(sender.User, PermissionTable.SendMessage)
                ? RefusalCode.NotInRoom
                : RefusalCode.Forbidden, name.Text);
        }

        return await submission.SubmitAsync(sender, membership.Room, new PendingMessage(sender.Sender, SlashCommand.Unescape(frame.Text))
        {
            Subscriber = membership.Subscriber,
            ClientId = frame.Id,
            Outcome = outcome,
        });
    }

    private async ValueTask<Refusal?> PostToUserAsync(
        Attachment sender, ClientFrame.Message frame, string to, TaskCompletionSource<string?>? outcome)
    {
        if (!UserName.TryParse(to, out var name)) return new Refusal(RefusalCode.BadName);
        // Before the name is looked up: it may belong to another user by now, and a logged message must be found where it was logged.
        if (frame.Id is not null && await IsEchoedAgainAsync(sender, frame.Id, name)) return null;
        if (await RefusalForAsync(sender, frame.Text, null) is { } refusal) return refusal;
        if (await userDirectory.FindAsync(name, sender.Connection.Ending) is not { } recipient || !onlineUsers.CanReceive(recipient))
            return new Refusal(RefusalCode.NoSuchUser);
        if (!access.May(sender.User, PermissionTable.SendDirect)) return new Refusal(RefusalCode.Forbidden);
        // A command runs beside the loop, and only the loop may use the connection's cache.
        using var lease = outcome is null
            ? null
            : await conversationRegistry.OpenDirectAsync(sender.User, recipient, sender.Connection.Ending);
        var direct = lease?.Conversation ?? await sender.Directs.OpenAsync(recipient, sender.Connection.Ending);
        if (frame.Id is not null) await direct.Sequencer.FindAsync(sender.Sender, frame.Id, sender.Connection.Ending);
        return await submission.SubmitAsync(sender, direct, new PendingMessage(sender.Sender, SlashCommand.Unescape(frame.Text))
        {
            Subscriber = sender.DirectSubscriber,
            ClientId = frame.Id,
            Recipient = recipient,
            Outcome = outcome,
        });
    }

    /// <summary>Checks the text's rules and the sender's rate. Waits if the sender is to be read more slowly.</summary>
    private async ValueTask<Refusal?> RefusalForAsync(Attachment sender, string text, string? room) =>
        TextGate.RefusalOf(new(DraftKind.Message, SlashCommand.Unescape(text))) is { } refusal
            ? refusal with { Room = room }
            : await submission.PassRateAsync(sender);

    private async ValueTask<bool> IsEchoedAgainAsync(Attachment sender, string id, RoomConversation? room, RoomName name)
    {
        if (room is not null) return await IsEchoedAgainAsync(sender, id, room);
        using var lease = await conversationRegistry.FindRoomAsync(name, sender.Connection.Ending);
        return lease is not null && await IsEchoedAgainAsync(sender, id, lease.Conversation);
    }

    private static async ValueTask<bool> IsEchoedAgainAsync(Attachment sender, string id, UserName name)
    {
        foreach (var lease in await sender.Directs.WithAsync(name, sender.Connection.Ending))
            if (await IsEchoedAgainAsync(sender, id, lease.Conversation)) return true;
        return false;
    }

    private static async ValueTask<bool> IsEchoedAgainAsync(Attachment sender, string id, Conversation conversation)
    {
        if (await conversation.Sequencer.FindAsync(sender.Sender, id, sender.Connection.Ending) is not { } logged) return false;
        sender.Connection.Outbox.Reply(conversation.Fanout.Address.Frame(logged) with { Id = id });
        return true;
    }
}
