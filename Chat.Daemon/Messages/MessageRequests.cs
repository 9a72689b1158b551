using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Answers the frames that write and read messages.</summary>
internal sealed class MessageRequests(ConversationRegistry conversations, ConversationStore store, UserDirectory people, OnlineUsers peers, RoomAccess access, SendRateGate rates, MessageSubmission speech)
{
    /// <summary>Begins to append a message; its echo comes when it is in the log. One that is in it already is only echoed again.</summary>
    /// <param name="outcome">As of a <see cref="Speech"/>: set where it is a command that sends, from whatever thread, and without an id.</param>
    public ValueTask<Refusal?> PostAsync(Attachment attachment, ClientFrame.Message frame, TaskCompletionSource<string?>? outcome = null) =>
        frame.Room is not null ? PostToRoomAsync(attachment, frame, frame.Room, outcome) : PostToUserAsync(attachment, frame, frame.To!, outcome);

    public async ValueTask<Refusal?> HistoryAsync(Attachment attachment, ClientFrame.History frame)
    {
        if (frame is { After: not null, Before: not null } or { After: < 0 } or { Before: < 0 } or { Limit: < 1 or > ProtocolLimits.HistoryMax })
            return new Refusal(RefusalCode.BadArguments, frame.Room);
        return frame.Room is not null ? await RoomHistoryAsync(attachment, frame, frame.Room) : await DirectHistoryAsync(attachment, frame, frame.With!);
    }

    private async ValueTask<Refusal?> PostToRoomAsync(Attachment attachment, ClientFrame.Message frame, string room, TaskCompletionSource<string?>? outcome)
    {
        if (!RoomName.TryParse(room, out var name)) return new Refusal(RefusalCode.BadName, room);
        var membership = attachment.In(name.Key);
        if (frame.Id is not null && await IsEchoedAgainAsync(attachment, frame.Id, membership?.Room, name)) return null;
        if (await RefusalForAsync(attachment, frame.Text, name.Text) is { } refusal) return refusal;
        if (membership is null) return new Refusal(access.May(attachment.User, PermissionTable.SendMessage) ? RefusalCode.NotInRoom : RefusalCode.Forbidden, name.Text);
        if (access.RefusalToWrite(attachment.User, membership.Room) is { } mayNot) return mayNot;
        return await speech.SayAsync(attachment, membership.Room, new Speech(membership.Subscriber, SlashCommand.Unescape(frame.Text), frame.Id, Outcome: outcome));
    }

    private async ValueTask<Refusal?> PostToUserAsync(Attachment attachment, ClientFrame.Message frame, string to, TaskCompletionSource<string?>? outcome)
    {
        if (!UserName.TryParse(to, out var name)) return new Refusal(RefusalCode.BadName);
        // Before the name is looked up: it may be somebody else's by now, and what was logged must be found where it was logged.
        if (frame.Id is not null && await IsEchoedAgainAsync(attachment, frame.Id, name)) return null;
        if (await RefusalForAsync(attachment, frame.Text, null) is { } refusal) return refusal;
        if (await people.FindAsync(name, attachment.Connection.Ending) is not { } other || !peers.CanReceive(other)) return new Refusal(RefusalCode.NoSuchUser);
        if (!access.May(attachment.User, PermissionTable.SendDirect)) return new Refusal(RefusalCode.Forbidden);
        // A command runs beside the loop, which alone may use what the connection knows.
        using var lease = outcome is null ? null : await conversations.OpenDirectAsync(attachment.User, other, attachment.Connection.Ending);
        var direct = lease?.Conversation ?? await attachment.Directs.OpenAsync(other, attachment.Connection.Ending);
        if (access.RefusalToWrite(attachment.User, direct) is { } mayNot) return mayNot;
        if (frame.Id is not null) await direct.Sequencer.FindAsync(attachment.Sender, frame.Id, attachment.Connection.Ending);
        return await speech.SayAsync(attachment, direct, new Speech(attachment.DirectSubscriber, SlashCommand.Unescape(frame.Text), frame.Id, other, Outcome: outcome));
    }

    /// <summary>What speaks against any text: its rules, and the sender's rate. Waits where the sender is to be read more slowly.</summary>
    private async ValueTask<Refusal?> RefusalForAsync(Attachment attachment, string text, string? room)
    {
        return TextRules.CodeFor(SlashCommand.Unescape(text)) is { } code ? new Refusal(code, room) : await rates.PassAsync(attachment, room);
    }

    private async ValueTask<bool> IsEchoedAgainAsync(Attachment attachment, string id, RoomConversation? room, RoomName name)
    {
        if (room is not null) return await IsEchoedAgainAsync(attachment, id, room);
        using var lease = await conversations.FindRoomAsync(name, attachment.Connection.Ending);
        return lease is not null && await IsEchoedAgainAsync(attachment, id, lease.Conversation);
    }

    private static async ValueTask<bool> IsEchoedAgainAsync(Attachment attachment, string id, UserName name)
    {
        foreach (var lease in await attachment.Directs.WithAsync(name, attachment.Connection.Ending))
            if (await IsEchoedAgainAsync(attachment, id, lease.Conversation)) return true;
        return false;
    }

    private static async ValueTask<bool> IsEchoedAgainAsync(Attachment attachment, string id, Conversation conversation)
    {
        if (await conversation.Sequencer.FindAsync(attachment.Sender, id, attachment.Connection.Ending) is not { } logged) return false;
        attachment.Connection.Outbox.Reply(conversation.Fanout.Address.Frame(logged) with { Id = id });
        return true;
    }

    private static async ValueTask<Refusal?> RoomHistoryAsync(Attachment attachment, ClientFrame.History frame, string room)
    {
        if (!RoomName.TryParse(room, out var name)) return new Refusal(RefusalCode.BadName, room);
        if (attachment.In(name.Key) is not { } membership) return new Refusal(RefusalCode.NotInRoom, name.Text);
        var page = await ReadAsync(attachment, membership.Room, frame);
        attachment.Connection.Outbox.Reply(new DaemonFrame.History(page.Messages, page.More, Room: membership.Room.Name.Text) { Id = frame.Id });
        return null;
    }

    /// <summary>With whoever bears the name now; else with whom of that name was last written.</summary>
    private async ValueTask<Refusal?> DirectHistoryAsync(Attachment attachment, ClientFrame.History frame, string with)
    {
        if (!UserName.TryParse(with, out var name)) return new Refusal(RefusalCode.BadName);
        var cancellation = attachment.Connection.Ending;
        var bearer = await people.FindAsync(name, cancellation);
        var records = await store.DirectWithAsync(attachment.User.Identity.Key, name, DirectConversationCache.MaxNamesakes, cancellation);
        var record = records.FirstOrDefault(r => bearer is null || r.OtherIdentity == bearer.Identity.Key);
        if (record is null && bearer is null) return new Refusal(RefusalCode.NoSuchUser);
        using var lease = record is null ? null : conversations.HoldDirect(attachment.User, record);
        var page = lease is null ? Page.Empty : await ReadAsync(attachment, lease.Conversation, frame);
        attachment.Connection.Outbox.Reply(new DaemonFrame.History(page.Messages, page.More, With: bearer?.Name.Text ?? name.Text) { Id = frame.Id });
        return null;
    }

    private static Task<Page> ReadAsync(Attachment attachment, Conversation conversation, ClientFrame.History frame) =>
        conversation.ReadAsync(frame.After, frame.Before, (int)(frame.Limit ?? ProtocolLimits.HistoryDefault), attachment.Connection.Ending);
}
