using Chat.Daemon.Accounts;
using Chat.Daemon.Rooms;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>
/// Messages of accounts that belong to plugins: like those of users, but without a session, a rate or filters, which see texts of users.
/// Safe from any thread.
/// </summary>
internal sealed class BotMessages(
    ConversationRegistry conversationRegistry, BotAccounts botAccounts, Recipients recipients, RoomAccess access,
    MentionResolver mentions)
{
    /// <returns>The message's number; or why it was not sent.</returns>
    public async Task<(long Number, Refusal? Refusal)> PostAsync(Bot bot, BotText said, CancellationToken cancellation)
    {
        var (place, text, replyTo) = said;
        if (TextGate.RefusalOf(new(DraftKind.Message, text)) is { } wrong) return (0, wrong);
        using var found = await FindAsync(bot, place, cancellation);
        if (found.Refusal is { } refusal) return (0, refusal);
        if (replyTo is { } seq && await found.Conversation!.FindAsync(seq, null, cancellation) is null or { Erased: true })
            return (0, new(RefusalCode.NoSuchMessage, place.Room?.Name));
        var message = new PendingMessage(SenderOf(bot, found.Bot!), text)
        {
            Recipient = found.Partner,
            ReplyTo = replyTo,
            Mentions = await mentions.ResolveAsync(found.Bot!, found.Conversation!, found.Partner, text, cancellation),
            Outcome = new(TaskCreationOptions.RunContinuationsAsynchronously),
        };
        return await AppendAsync(found, message, cancellation) is { } failed ? (0, failed) : (message.Logged!.Seq, null);
    }

    /// <returns>Why the message was not edited; null if it was, or if it had that text.</returns>
    public async Task<Refusal?> EditAsync(Bot bot, BotPlace place, long number, string text, CancellationToken cancellation)
    {
        if (TextGate.RefusalOf(new(DraftKind.Message, text)) is { } wrong) return wrong;
        using var found = await FindAsync(bot, place, cancellation);
        if (found.Refusal is { } refusal) return refusal;
        if (await RefusalToChangeAsync(found, number, PermissionTable.EditMessage, cancellation) is { } forbidden) return forbidden;
        var edit = new PendingChange(SenderOf(bot, found.Bot!), ChangeKind.Edit, number)
        {
            Text = text,
            Recipient = found.Partner,
            Mentions = await mentions.ResolveAsync(found.Bot!, found.Conversation!, found.Partner, text, cancellation),
            Outcome = new(TaskCreationOptions.RunContinuationsAsynchronously),
        };
        return await AppendAsync(found, edit, cancellation);
    }

    /// <returns>Why the message was not deleted; null if it was.</returns>
    public async Task<Refusal?> DeleteAsync(Bot bot, BotPlace place, long number, CancellationToken cancellation)
    {
        using var found = await FindAsync(bot, place, cancellation);
        if (found.Refusal is { } refusal) return refusal;
        if (await RefusalToChangeAsync(found, number, PermissionTable.DeleteOwn, cancellation) is { } forbidden) return forbidden;
        var deletion = new PendingChange(SenderOf(bot, found.Bot!), ChangeKind.Delete, number)
        {
            Recipient = found.Partner,
            Outcome = new(TaskCreationOptions.RunContinuationsAsynchronously),
        };
        return await AppendAsync(found, deletion, cancellation);
    }

    private static Sender SenderOf(Bot bot, ChatUser user) => new(user, 0, null, bot.Appends, refusal => refusal.Code);

    private async ValueTask<Found> FindAsync(Bot bot, BotPlace place, CancellationToken cancellation)
    {
        var (user, refusal) = await botAccounts.FindAsync(bot, cancellation);
        if (user is null) return new() { Refusal = refusal };
        if (place.Room is { } room)
        {
            return await conversationRegistry.FindRoomAsync(room, cancellation) is { } lease
                ? new() { Bot = user, Conversation = lease.Conversation, Lease = lease }
                : new() { Refusal = new(RefusalCode.NoSuchRoom, room.Name) };
        }
        if (!UserName.TryParse(place.With!.Name, out var to) || await recipients.FindAsync(to, cancellation) is not { } partner
            || partner.Identity.Key != place.With.Id)
        {
            return new() { Refusal = new(RefusalCode.NoSuchUser) };
        }
        var direct = await conversationRegistry.OpenDirectAsync(user, partner, cancellation);
        return new() { Bot = user, Conversation = direct.Conversation, Partner = partner, Lease = direct };
    }

    private async ValueTask<Refusal?> RefusalToChangeAsync(Found found, long number, string permission, CancellationToken cancellation)
    {
        var room = found.Conversation as RoomConversation;
        if (await found.Conversation!.FindAsync(number, null, cancellation) is not { } message)
            return new Refusal(RefusalCode.NoSuchMessage, room?.Name.Text);
        return message.Identity == found.Bot!.Identity.Key && access.May(found.Bot, permission, room)
            ? null
            : new Refusal(RefusalCode.Forbidden, room?.Name.Text);
    }

    private async Task<Refusal?> AppendAsync(Found found, PendingAppend append, CancellationToken cancellation)
    {
        var mayEvenIfMuted = append is PendingChange { Kind: ChangeKind.Delete };
        if (!mayEvenIfMuted && access.RefusalToWrite(new Speaker(found.Bot!, 0, null), found.Conversation) is { } refusal) return refusal;
        if (append.Sender.Appends.IsFull) await append.Sender.Appends.WhenSpace().WaitAsync(cancellation);
        found.Conversation!.Sequencer.Append(append);
        return await append.Outcome!.Task.WaitAsync(cancellation);
    }

    private readonly struct Found : IDisposable
    {
        public Refusal? Refusal { get; init; }

        public ChatUser? Bot { get; init; }

        public Conversation? Conversation { get; init; }

        public ChatUser? Partner { get; init; }

        public IDisposable? Lease { get; init; }

        public void Dispose() => Lease?.Dispose();
    }
}
