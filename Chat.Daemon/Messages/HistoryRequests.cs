using Chat.Daemon.Delivery;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Messages;

/// <summary>Answers <c>history</c> and <c>changes</c> frames.</summary>
internal sealed class HistoryRequests(ConversationLookup lookup, PageTurns turns)
{
    public async ValueTask<Refusal?> ReadAsync(Attachment reader, ClientFrame.History frame)
    {
        if (!IsInRange(frame)) return new Refusal(RefusalCode.BadArguments, frame.Room);
        using var found = await lookup.FindAsync(reader, frame.Room, frame.With);
        var answer = new DaemonFrame.History([], false, found.Room, found.With) { Id = frame.Id };
        return await AnswerAsync(reader, found, answer, async (conversation, cut) =>
        {
            var asked = conversation.PageFor(reader.User, (int)(frame.Limit ?? ProtocolLimits.HistoryDefault)) with
            {
                RepliesTo = frame.RepliesTo,
            };
            var page = await conversation.ReadAsync(asked, frame.After, frame.Before, reader.Connection.Ending);
            return answer with { Messages = page.Messages, More = page.More, Log = conversation.LogName, Rev = cut.Rev };
        });
    }

    public async ValueTask<Refusal?> ReadChangesAsync(Attachment reader, ClientFrame.Changes frame)
    {
        if (frame is not { Rev: >= 0, Limit: null or (>= 1 and <= ProtocolLimits.HistoryMax) })
            return new Refusal(RefusalCode.BadArguments, frame.Room);
        using var found = await lookup.FindAsync(reader, frame.Room, frame.With);
        var answer = new DaemonFrame.Changes([], frame.Rev, false, "", found.Room, found.With) { Id = frame.Id };
        return await AnswerAsync(reader, found, answer, async (conversation, _) =>
        {
            var asked = conversation.PageFor(reader.User, (int)(frame.Limit ?? ProtocolLimits.HistoryDefault));
            var page = await conversation.ReadChangedAsync(asked, frame.Rev, long.MaxValue, reader.Connection.Ending);
            // It covers only what the page holds, not changes made since.
            var rev = page.Messages is [.., { Rev: { } last }] ? last : frame.Rev;
            return answer with { Messages = page.Messages, Rev = rev, More = page.More, Log = conversation.LogName };
        });
    }

    private static bool IsInRange(ClientFrame.History frame) => frame
        is { After: null or >= 0, Before: null or >= 0, Limit: null or (>= 1 and <= ProtocolLimits.HistoryMax) }
        and not { After: not null, Before: not null };

    /// <param name="empty">The answer where there is no conversation yet.</param>
    private async ValueTask<Refusal?> AnswerAsync(
        Attachment reader, FoundConversation found, DaemonFrame empty, Func<Conversation, Cut, ValueTask<DaemonFrame>> read)
    {
        if (found.Refusal is { } refusal) return refusal;
        if (found.Conversation is not { } conversation)
        {
            reader.Connection.Outbox.Reply(empty);
            return null;
        }
        await conversation.Sequencer.ReadyAsync(); // before the cut: it may deliver what was missed
        using var turn = await turns.TakeAsync(reader.Connection.Ending);
        // A page of a room that was deleted meanwhile may lack messages, and its reader is not in it any more.
        return await conversation.AnswerAsync(found.Subscriber!, async cut => Outbox.Encoded(await read(conversation, cut)))
            ? null
            : new Refusal(RefusalCode.NotInRoom, found.Room);
    }
}
