using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Answers <c>message</c> frames.</summary>
internal sealed class MessageRequests(
    ConversationRegistry conversationRegistry,
    Recipients recipients,
    RoomAccess access,
    Resends resends,
    MessageSubmission submission)
{
    /// <summary>
    /// Begins to append a message; the echo follows once it is in the log. A message that is already logged is only echoed again.
    /// </summary>
    /// <param name="outcome">As in <see cref="PendingAppend.Outcome"/>. Set if a command sends, from any thread and without an id.</param>
    public ValueTask<Refusal?> PostAsync(Attachment sender, ClientFrame.Message frame, TaskCompletionSource<Refusal?>? outcome = null) =>
        frame.Room is not null ? PostToRoomAsync(sender, frame, frame.Room, outcome) : PostToUserAsync(sender, frame, frame.To!, outcome);

    private async ValueTask<Refusal?> PostToRoomAsync(
        Attachment sender, ClientFrame.Message frame, string room, TaskCompletionSource<Refusal?>? outcome)
    {
        if (!RoomName.TryParse(room, out var name)) return new Refusal(RefusalCode.BadName, room);
        var membership = sender.In(name.Key);
        if (frame.Id is not null && await resends.AnswerAsync(sender, frame, name, membership) is { IsAnswered: true } resend)
            return resend.Refusal;
        if (await RefusalForAsync(sender, frame.Text, name.Text) is { } refusal) return refusal;
        if (membership is null)
        {
            return new Refusal(access.May(sender.User, PermissionTable.SendMessage)
                ? RefusalCode.NotInRoom
                : RefusalCode.Forbidden, name.Text);
        }
        if (await IsReplyToNothingAsync(sender, membership.Room, frame)) return new Refusal(RefusalCode.NoSuchMessage, name.Text);
        return await submission.SubmitAsync(sender, membership.Room, new PendingMessage(sender.Sender, SlashCommand.Unescape(frame.Text))
        {
            Subscriber = membership.Subscriber,
            ClientId = frame.Id,
            ReplyTo = frame.ReplyTo,
            Outcome = outcome,
        });
    }

    private async ValueTask<Refusal?> PostToUserAsync(
        Attachment sender, ClientFrame.Message frame, string to, TaskCompletionSource<Refusal?>? outcome)
    {
        if (!UserName.TryParse(to, out var name)) return new Refusal(RefusalCode.BadName);
        if (frame.Id is not null && await resends.AnswerAsync(sender, frame, name) is { IsAnswered: true } resend) return resend.Refusal;
        if (await RefusalForAsync(sender, frame.Text, null) is { } refusal) return refusal;
        if (await recipients.FindAsync(name, sender.Connection.Ending) is not { } recipient)
            return new Refusal(RefusalCode.NoSuchUser);
        if (!access.May(sender.User, PermissionTable.SendDirect)) return new Refusal(RefusalCode.Forbidden);
        // A command runs beside the loop, and only the loop may use the connection's cache.
        using var lease = outcome is null
            ? null
            : await conversationRegistry.OpenDirectAsync(sender.User, recipient, sender.Connection.Ending);
        var direct = lease?.Conversation ?? await sender.Directs.OpenAsync(recipient, sender.Connection.Ending);
        if (frame.Id is not null) await direct.Sequencer.FindAsync(sender.Sender, frame.Id, sender.Connection.Ending);
        if (await IsReplyToNothingAsync(sender, direct, frame)) return new Refusal(RefusalCode.NoSuchMessage);
        return await submission.SubmitAsync(sender, direct, new PendingMessage(sender.Sender, SlashCommand.Unescape(frame.Text))
        {
            Subscriber = sender.DirectSubscriber,
            ClientId = frame.Id,
            ReplyTo = frame.ReplyTo,
            Recipient = recipient,
            Outcome = outcome,
        });
    }

    /// <summary>Checks the text's rules and the sender's rate. Waits if the sender is to be read more slowly.</summary>
    private async ValueTask<Refusal?> RefusalForAsync(Attachment sender, string text, string? room) =>
        TextGate.RefusalOf(new(DraftKind.Message, SlashCommand.Unescape(text))) is { } refusal
            ? refusal with { Room = room }
            : await submission.PassRateAsync(sender);

    private static async ValueTask<bool> IsReplyToNothingAsync(Attachment sender, Conversation conversation, ClientFrame.Message frame) =>
        frame.ReplyTo is { } seq && await conversation.FindAsync(seq, null, sender.Connection.Ending) is null or { Erased: true };
}
