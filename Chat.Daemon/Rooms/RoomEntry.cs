using Chat.Daemon.Accounts;
using Chat.Daemon.Delivery;
using Chat.Daemon.Reading;
using Chat.Daemon.Sessions;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Rooms;

/// <summary>Puts connections into rooms. Each <c>joined</c> is a cut: the first one, and every one that only repeats it.</summary>
internal sealed class RoomEntry(PageTurns turns, RoomLists roomLists, RoomAccess access, SessionReports reports)
{
    /// <param name="lease">Belongs to the attachment afterwards if the outcome is <see cref="Outcome.Entered"/>.</param>
    public async ValueTask<Outcome> EnterAsync(Attachment attachment, Lease<RoomConversation> lease, Known known, string? id)
    {
        var room = lease.Conversation;
        await room.Sequencer.ReadyAsync();
        if (await SubscribeAsync(attachment, lease, known) is not { } entered) return Outcome.NotAdded;
        var (membership, cut, turn) = entered;
        using var page = turn;
        var subscriber = membership.Subscriber;
        DaemonFrame.Joined joined;
        try
        {
            joined = await JoinedAsync(attachment, room, cut, known, id);
        }
        catch (Exception)
        {
            attachment.Leave(membership); // its deliveries would be held back for ever
            throw;
        }
        reports.RoomJoined(attachment.Connection, attachment.Session.Id, room.Name.Text, cut.Seq);
        if (room.Fanout.Admit(subscriber, cut, Outbox.Encoded(joined))) return Outcome.Entered;
        if (!room.Fanout.IsClosed) return Outcome.Removed;
        attachment.Leave(membership);
        return Outcome.NotAdded;
    }

    /// <returns>False if others had removed it: then there is no answer yet.</returns>
    public bool Leave(Attachment attachment, Membership membership, string? id)
    {
        if (!attachment.Leave(membership, new DaemonFrame.Left(membership.Room.Name.Text) { Id = id })) return false;
        reports.RoomLeft(attachment.Connection, attachment.Session.Id, membership.Room.Name.Text);
        return true;
    }

    /// <summary>Takes the user's other connections out of the room.</summary>
    public static void LeaveElsewhere(Identity user, RoomConversation room, Membership? but)
    {
        foreach (var subscriber in room.Fanout.SubscribersOf(user).Where(subscriber => subscriber != but?.Subscriber))
            room.Fanout.Leave(subscriber, new DaemonFrame.Left(room.Name.Text, LeftReason.Elsewhere));
    }

    /// <summary>Answers <c>joined</c> once more. Nothing else changes.</summary>
    /// <returns>False if the connection was removed from the room meanwhile.</returns>
    public async ValueTask<bool> RepeatAsync(Attachment attachment, Membership membership, Known known, string? id)
    {
        var (room, subscriber) = (membership.Room, membership.Subscriber);
        await room.Sequencer.ReadyAsync();
        using var turn = await TakeTurnAsync(attachment, known);
        return await room.AnswerAsync(subscriber, async cut => Outbox.Encoded(await JoinedAsync(attachment, room, cut, known, id)));
    }

    /// <summary>Puts the room on the account's list, and the connection into the room.</summary>
    /// <returns>With the turn to read the page; null if it is not added.</returns>
    private async ValueTask<(Membership Membership, Cut Cut, PageTurns.Turn Turn)?> SubscribeAsync(
        Attachment attachment, Lease<RoomConversation> lease, Known known)
    {
        var (room, ending) = (lease.Conversation, attachment.Connection.Ending);
        using var turn = await roomLists.TakeTurnAsync(attachment.User.Identity, ending);
        // What takes a room off the list waits for this turn, so it either changed the answer before or finds the room on the list.
        if (await access.RefusalToEnterAsync(attachment.User, room, ending) is not null) return null; // the next try says why
        var isNew = attachment.Marks?.IsListed(room.Id) == false;
        if (attachment.Marks is { } marks && !await roomLists.AddAsync(marks, room)) return null;
        var page = await TakeTurnAsync(attachment, known); // after the write: a turn for a page must not wait for the disk
        (Membership Membership, Cut Cut)? added = null;
        try
        {
            added = Add(attachment, lease, isNew);
            return added is { } entered ? (entered.Membership, entered.Cut, page) : null;
        }
        finally
        {
            if (added is null) page.Dispose();
        }
    }

    private static (Membership Membership, Cut Cut)? Add(Attachment attachment, Lease<RoomConversation> lease, bool isNew)
    {
        var room = lease.Conversation;
        var subscriber = new Subscriber(attachment.Connection, attachment.User) { Language = attachment.Texts.Language };
        if (room.Fanout.Enter(subscriber) is not { } cut) return null;
        if (isNew) attachment.Marks!.Move(room.Id, cut.Seq, static (_, _) => { });
        var membership = new Membership(lease, subscriber);
        if (attachment.TryAdd(membership)) return (membership, cut);
        room.Fanout.Leave(subscriber);
        return null;
    }

    /// <summary>
    /// Only for the page that a client asks for. Before the cut: what is held back behind it takes memory.
    /// </summary>
    private ValueTask<PageTurns.Turn> TakeTurnAsync(Attachment attachment, Known known) =>
        known.After is null ? default : turns.TakeAsync(attachment.Connection.Ending);

    private static async ValueTask<DaemonFrame.Joined> JoinedAsync(
        Attachment attachment, RoomConversation room, Cut cut, Known known, string? id)
    {
        var ending = attachment.Connection.Ending;
        var asked = room.PageFor(attachment.User, ProtocolLimits.HistoryMax);
        var page = known.After is { } seen ? await room.ReadAfterAsync(asked, seen, cut.Seq, ending) : Page.Empty;
        var first = Math.Min(await room.FirstAsync(ending), cut.Seq + 1); // retention may have passed the cut
        var joined = new DaemonFrame.Joined(
            room.Name.Text, cut.Seq, first, page.Messages, page.More, room.LogName, cut.Rev, room.Traits.TopicOrNull)
        {
            Id = id,
        };
        if (known is not { After: { } after, Rev: { } rev }) return joined;
        var changed = await room.ReadChangedAsync(asked, rev, after, ending);
        List<DaemonFrame.Message> both = [.. page.Messages, .. changed.Messages];
        return !changed.More && FrameWriter.Fit(both) == both.Count
            ? joined with { Changed = changed.Messages }
            : joined with { Changed = [], MoreChanges = true };
    }

    public enum Outcome
    {
        /// <summary>The client has its <c>joined</c>.</summary>
        Entered,

        /// <summary>Others removed the connection before its <c>joined</c>.</summary>
        Removed,

        /// <summary>A command joined the room at the same time, the connection is over, or the room was deleted.</summary>
        NotAdded,
    }
}
