using Chat.Daemon.Delivery;
using Chat.Daemon.Messages;
using Chat.Daemon.Rooms;
using Chat.Daemon.Sessions;
using Chat.Daemon.Sessions.Limits;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Reading;

/// <summary>Answers <c>read</c> frames, and tells the user's other connections of a mark that has moved.</summary>
internal sealed class ReadRequests(ConversationLookup lookup, OnlineUsers onlineUsers, RoomListStore roomListStore, WorkPrice price)
{
    public ValueTask<Refusal?> ReadAsync(Attachment reader, ClientFrame.Read frame) => MoveAsync(
        reader, frame, (told, _) => reader.Connection.Outbox.Reply(told with { Id = frame.Id }));

    /// <summary>For a command, which may run beside the connection's loop.</summary>
    /// <param name="frame">A <c>seq</c> beyond the last message means all of them.</param>
    public async ValueTask<(long Read, Refusal? Refusal)> MarkAsync(Attachment reader, ClientFrame.Read frame)
    {
        var read = 0L;
        var refusal = await MoveAsync(reader, frame, (told, hasMoved) =>
        {
            read = told.Seq;
            if (hasMoved) reader.Connection.Outbox.Reply(told);
        });
        return (read, refusal);
    }

    /// <param name="answer">Called once, with the mark as it is then and whether it has moved. Must be quick.</param>
    private async ValueTask<Refusal?> MoveAsync(Attachment reader, ClientFrame.Read frame, Action<DaemonFrame.Read, bool> answer)
    {
        if (reader.Marks is not { } marks) return new Refusal(RefusalCode.Forbidden, frame.Room);
        if (frame.Seq < 0) return new Refusal(RefusalCode.BadArguments, frame.Room);
        using var found = await lookup.FindAsync(reader, frame.Room, frame.With);
        if (found.Refusal is { } refusal) return refusal;
        var told = new DaemonFrame.Read(0, found.Room, found.With);
        if (found.Conversation is not { } conversation)
        {
            answer(told, false); // the two users have not written yet
            return null;
        }
        await conversation.Sequencer.ReadyAsync();
        using var kept = marks.Keep();
        if (conversation is DirectConversation && marks.Of(conversation.Id) is null) await LoadAsync(marks, conversation.Id, reader);
        var others = 0;
        var isKnown = marks.Move(conversation.Id, Math.Min(frame.Seq, conversation.Fanout.Cursor), (read, hasMoved) =>
        {
            answer(told with { Seq = read }, hasMoved);
            if (hasMoved) others = onlineUsers.NotifyOthers(reader.DirectSubscriber!, () => told with { Seq = read });
        });
        price.Charge(reader, PriceTable.OfTold(others));
        return isKnown ? null : new Refusal(RefusalCode.NotInRoom, found.Room); // it was taken off the list meanwhile
    }

    private async Task LoadAsync(AccountMarks marks, ConversationId direct, Attachment reader)
    {
        var stored = await roomListStore.DirectMarksAsync(marks.Account, [direct], reader.Connection.Ending);
        marks.Load(new Dictionary<ConversationId, long> { [direct] = stored.GetValueOrDefault(direct) });
    }
}
