using Chat.Daemon.Delivery;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Daemon.Transport;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Rooms;

/// <summary>Puts connections into rooms. Each <c>joined</c> is a cut: the first one, and every one that only repeats it.</summary>
internal sealed partial class RoomEntry(PageTurns turns, ILogger<RoomEntry> logger)
{
    /// <param name="lease">Belongs to the attachment afterwards if the outcome is <see cref="Outcome.Entered"/>.</param>
    public async ValueTask<Outcome> EnterAsync(Attachment attachment, Lease<RoomConversation> lease, long? after, string? id)
    {
        var room = lease.Conversation;
        await room.Sequencer.ReadyAsync();
        using var turn = await TakeTurnAsync(attachment, after);
        var subscriber = new Subscriber(attachment.Connection, attachment.User) { Language = attachment.Texts.Language };
        var cut = room.Fanout.Enter(subscriber);
        var membership = new Membership(lease, subscriber);
        if (!attachment.TryAdd(membership))
        {
            room.Fanout.Leave(subscriber);
            return Outcome.NotAdded;
        }
        DaemonFrame.Joined joined;
        try
        {
            joined = await JoinedAsync(attachment, room, cut.Seq, after, id);
        }
        catch (Exception)
        {
            attachment.Leave(membership); // its deliveries would be held back for ever
            throw;
        }
        LogRoomJoined(logger, attachment.Session.Id, room.Name.Text, cut.Seq);
        return room.Fanout.Admit(subscriber, cut, Outbox.Encoded(joined)) ? Outcome.Entered : Outcome.Removed;
    }

    /// <summary>Answers <c>joined</c> once more. Nothing else changes.</summary>
    /// <returns>False if the connection was removed from the room meanwhile.</returns>
    public async ValueTask<bool> RepeatAsync(Attachment attachment, Membership membership, long? after, string? id)
    {
        var (room, subscriber) = (membership.Room, membership.Subscriber);
        await room.Sequencer.ReadyAsync();
        using var turn = await TakeTurnAsync(attachment, after);
        if (room.Fanout.CutAgain(subscriber) is not { } cut) return false;
        Piece? joined = null;
        try
        {
            joined = Outbox.Encoded(await JoinedAsync(attachment, room, cut.Seq, after, id));
            return true;
        }
        finally
        {
            room.Fanout.Close(subscriber, cut, joined);
        }
    }

    /// <summary>
    /// Only for the page that <paramref name="after"/> asks for. Before the cut: what is held back behind it takes memory.
    /// </summary>
    private ValueTask<PageTurns.Turn> TakeTurnAsync(Attachment attachment, long? after) =>
        after is null ? default : turns.TakeAsync(attachment.Connection.Ending);

    private static async ValueTask<DaemonFrame.Joined> JoinedAsync(
        Attachment attachment, RoomConversation room, long cut, long? after, string? id)
    {
        var ending = attachment.Connection.Ending;
        var page = after is { } seen ? await room.ReadAfterAsync(seen, cut, ProtocolLimits.HistoryMax, ending) : Page.Empty;
        var first = await room.FirstAsync(ending);
        return new DaemonFrame.Joined(room.Name.Text, cut, first, page.Messages, page.More) { Id = id };
    }

    [LoggerMessage(EventId = 231, EventName = "RoomJoined", Level = LogLevel.Information,
        Message = "Room joined: session {Session}, {Room}, last message {Seq}")]
    private static partial void LogRoomJoined(ILogger logger, long session, string room, long seq);

    public enum Outcome
    {
        /// <summary>The client has its <c>joined</c>.</summary>
        Entered,

        /// <summary>Others removed the connection before its <c>joined</c>.</summary>
        Removed,

        /// <summary>A command joined the room at the same time, or the connection is over.</summary>
        NotAdded,
    }
}
