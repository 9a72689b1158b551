using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>
/// Answers <c>edit</c>, <c>delete</c> and <c>react</c> frames. Who may change a message is decided here, by what never changes about it:
/// its author. Whether there is anything to change is decided where numbers are given.
/// </summary>
internal sealed class ChangeRequests(
    ConversationLookup lookup, Resends resends, ChangeAccess access, MessageSubmission submission, MessageDeletions deletions)
{
    /// <param name="outcome">
    /// As in <see cref="PendingAppend.Outcome"/>. Set if a command changes it, from any thread and without an id.
    /// </param>
    public async ValueTask<Refusal?> EditAsync(
        Attachment sender, ClientFrame.Edit frame, TaskCompletionSource<Refusal?>? outcome = null)
    {
        if (await IsAnsweredAsync(sender, frame, frame.Room, frame.With) is { IsAnswered: true } resend) return resend.Refusal;
        var text = new OutgoingText(DraftKind.Message, frame.Text) { Edits = frame.Seq };
        if (TextGate.RefusalOf(text) is { } wrong) return wrong with { Room = frame.Room };
        using var found = await FindAsync(sender, frame.Room, frame.With);
        if (await RefusalAsync(sender, found, frame.Seq, access.RefusalToEdit) is { } refusal) return refusal;
        var change = new PendingChange(sender.Sender, ChangeKind.Edit, frame.Seq)
        {
            Text = frame.Text,
            Subscriber = found.Subscriber,
            Recipient = found.Partner,
            ClientId = frame.Id,
            Outcome = outcome,
        };
        return await submission.SubmitAsync(sender, found.Conversation!, change);
    }

    /// <inheritdoc cref="EditAsync"/>
    public async ValueTask<Refusal?> DeleteAsync(
        Attachment sender, ClientFrame.Delete frame, TaskCompletionSource<Refusal?>? outcome = null)
    {
        if (await IsAnsweredAsync(sender, frame, frame.Room, frame.With) is { IsAnswered: true } resend) return resend.Refusal;
        using var found = await FindAsync(sender, frame.Room, frame.With);
        return await RefusalAsync(
            sender, found, frame.Seq, (_, _, message) => deletions.QueueAsync(sender, found, message, frame.Id, outcome));
    }

    /// <inheritdoc cref="EditAsync"/>
    public async ValueTask<Refusal?> ReactAsync(
        Attachment sender, ClientFrame.React frame, TaskCompletionSource<Refusal?>? outcome = null)
    {
        if (await IsAnsweredAsync(sender, frame, frame.Room, frame.With) is { IsAnswered: true } resend) return resend.Refusal;
        if (!Emoji.Is(frame.Emoji)) return new Refusal(RefusalCode.BadArguments, frame.Room, Say: texts => texts.NoEmoji());
        using var found = await FindAsync(sender, frame.Room, frame.With);
        if (await RefusalAsync(sender, found, frame.Seq, access.RefusalToReact) is { } refusal) return refusal;
        var kind = frame.Remove is true ? ChangeKind.Unreact : ChangeKind.React;
        found.Conversation!.Sequencer.Append(new PendingChange(sender.Sender, kind, frame.Seq)
        {
            Emoji = frame.Emoji,
            Subscriber = found.Subscriber,
            Recipient = found.Partner,
            ClientId = frame.Id,
            Outcome = outcome,
        });
        return null;
    }

    private async ValueTask<Resend> IsAnsweredAsync(Attachment sender, ClientFrame frame, string? room, string? with)
    {
        if (frame.Id is null) return default;
        if (room is not null)
            return RoomName.TryParse(room, out var name) ? await resends.AnswerAsync(sender, frame, name, sender.In(name.Key)) : default;
        return UserName.TryParse(with, out var user) ? await resends.AnswerAsync(sender, frame, user) : default;
    }

    /// <summary>Finds the conversation, and counts the change like a message. Waits if the sender is to be read more slowly.</summary>
    private async ValueTask<FoundConversation> FindAsync(Attachment sender, string? room, string? with) =>
        await submission.PassRateAsync(sender) is { } refusal ? new() { Refusal = refusal } : await lookup.FindAsync(sender, room, with);

    private static async ValueTask<Refusal?> RefusalAsync(
        Attachment sender, FoundConversation found, long seq, Func<Attachment, Conversation, LoggedMessage, ValueTask<Refusal?>> refusalTo)
    {
        if (found.Refusal is { } refusal) return refusal;
        var message = found.Conversation is { } conversation ? await conversation.FindAsync(seq, null, sender.Connection.Ending) : null;
        return message is null
            ? new Refusal(RefusalCode.NoSuchMessage, found.Room)
            : await refusalTo(sender, found.Conversation!, message);
    }
}
