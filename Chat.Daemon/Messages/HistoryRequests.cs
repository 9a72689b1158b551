using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Answers <c>history</c> frames.</summary>
internal sealed class HistoryRequests(
    ConversationRegistry conversationRegistry, ConversationStore conversationStore, UserDirectory userDirectory, PageTurns turns)
{
    public async ValueTask<Refusal?> ReadAsync(Attachment reader, ClientFrame.History frame)
    {
        if (!IsInRange(frame)) return new Refusal(RefusalCode.BadArguments, frame.Room);
        return frame.Room is not null ? await ReadRoomAsync(reader, frame, frame.Room) : await ReadDirectAsync(reader, frame, frame.With!);
    }

    private static bool IsInRange(ClientFrame.History frame) => frame
        is { After: null or >= 0, Before: null or >= 0, Limit: null or (>= 1 and <= ProtocolLimits.HistoryMax) }
        and not { After: not null, Before: not null };

    private async ValueTask<Refusal?> ReadRoomAsync(Attachment reader, ClientFrame.History frame, string room)
    {
        if (!RoomName.TryParse(room, out var name)) return new Refusal(RefusalCode.BadName, room);
        if (reader.In(name.Key) is not { } membership) return new Refusal(RefusalCode.NotInRoom, name.Text);
        await ReplyAsync(reader, membership.Room, frame, new DaemonFrame.History([], false, Room: membership.Room.Name.Text));
        return null;
    }

    /// <summary>Reads the conversation with the user who has the name now, else the latest one with a user of that name.</summary>
    private async ValueTask<Refusal?> ReadDirectAsync(Attachment reader, ClientFrame.History frame, string with)
    {
        if (!UserName.TryParse(with, out var name)) return new Refusal(RefusalCode.BadName);
        var cancellation = reader.Connection.Ending;
        var user = await userDirectory.FindAsync(name, cancellation);
        var records = await conversationStore.DirectWithAsync(
            reader.User.Identity.Key, name, DirectConversationCache.MaxNamesakes, cancellation);
        var record = records.FirstOrDefault(r => user is null || r.OtherIdentity == user.Identity.Key);
        if (record is null && user is null) return new Refusal(RefusalCode.NoSuchUser);
        using var lease = record is null ? null : conversationRegistry.HoldDirect(reader.User, record);
        await ReplyAsync(reader, lease?.Conversation, frame, new DaemonFrame.History([], false, With: user?.Name.Text ?? name.Text));
        return null;
    }

    /// <param name="conversation">Null if there is none yet.</param>
    private async ValueTask ReplyAsync(Attachment reader, Conversation? conversation, ClientFrame.History frame, DaemonFrame.History answer)
    {
        var ending = reader.Connection.Ending;
        using var turn = await turns.TakeAsync(ending);
        var limit = (int)(frame.Limit ?? ProtocolLimits.HistoryDefault);
        var page = conversation is null ? Page.Empty : await conversation.ReadAsync(frame.After, frame.Before, limit, ending);
        reader.Connection.Outbox.Reply(answer with { Messages = page.Messages, More = page.More, Id = frame.Id });
    }
}
