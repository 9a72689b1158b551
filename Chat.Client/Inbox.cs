using System.Threading.Channels;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>
/// Delivers each message and each change once and in order. The receive loop calls it. What is out of order, or finds no space in the
/// event queue, is left to <see cref="CatchUp"/>. One lock guards the cursors; it is never held across an await.
/// </summary>
internal sealed class Inbox(EventQueue events, Outbound outbound, CancellationToken closing)
{
    private readonly Lock gate = new();
    private readonly CursorTable cursors = new();
    private readonly Channel<bool> wakes =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Conversation me = Conversation.With("");
    private bool isResumed;

    /// <summary>Handles <c>welcome</c>. The first one sets where following begins; a later one shows what was missed.</summary>
    public void Welcome(DaemonFrame.Welcome welcome)
    {
        List<ChatEvent> news = [];
        lock (gate)
        {
            me = Conversation.With(welcome.User);
            foreach (var cursor in cursors.Rooms) cursor.IsJoined = false;
            foreach (var room in welcome.Rooms.Select(Conversation.Room))
                if (!cursors.TryGet(room, out _)) cursors.Add(room, null);
            // Latest first: a later entry of the same name is that of an earlier guest.
            foreach (var entry in welcome.Direct.DistinctBy(e => Conversation.With(e.User))) ReadEntry(entry, news);
            if (isResumed) ReadUnlisted(welcome.Direct);
            cursors.Listed(welcome.Direct.Count);
            isResumed = true;
        }
        foreach (var e in news) events.PostOrSkip(e);
        Wake();
    }

    public IReadOnlyList<string> Rooms
    {
        get
        {
            lock (gate) return [.. cursors.Rooms.Select(c => c.Conversation.Name)];
        }
    }

    /// <summary>Without those whose <c>join</c> has not been answered yet.</summary>
    public IReadOnlyList<string> JoinedRooms
    {
        get
        {
            lock (gate) return [.. cursors.Rooms.Where(c => c.WasJoined).Select(c => c.Conversation.Name)];
        }
    }

    /// <summary>The joins that bring a new connection into the same rooms.</summary>
    public List<ClientFrame.Join> Rejoins()
    {
        lock (gate) return [.. cursors.Rooms.Select(c => new ClientFrame.Join(c.Conversation.Name, c.Delivered, c.Rev))];
    }

    /// <summary>Follows a room from <paramref name="after"/>, or from its end. False if it is followed already.</summary>
    /// <param name="rev">The last change seen before; null if unknown.</param>
    /// <param name="log">The log of both numbers; null if unknown.</param>
    public bool Follow(Conversation room, long? after, long? rev = null, string? log = null)
    {
        lock (gate)
        {
            if (cursors.TryGet(room, out _)) return false;
            var cursor = cursors.Add(room, after);
            if (rev is { } last) cursor.AdvanceRev(last);
            if (log is not null) cursor.Name(log);
            return true;
        }
    }

    /// <summary>Follows a direct conversation from the end of its newest page, if it is not followed yet.</summary>
    public void Follow(Conversation direct, DaemonFrame.History newest)
    {
        lock (gate)
        {
            if (newest.Messages is not [.., var last]) return;
            if (!cursors.TryGet(direct, out var cursor)) cursor = cursors.Add(direct, last.Seq);
            if (cursor.Rev is null) cursor.Begin(newest.Log, newest.Rev);
        }
    }

    /// <summary>Whether the room was followed.</summary>
    public bool Forget(Conversation conversation)
    {
        outbound.Confirm(conversation);
        lock (gate) return cursors.Remove(conversation);
    }

    public async ValueTask LiveAsync(DaemonFrame.Message message)
    {
        var conversation = Conversation.Of(message, me);
        Cursor? cursor;
        Arrival arrival;
        lock (gate)
        {
            cursor = cursors.Find(conversation, message);
            arrival = cursor?.Judge(message) ?? Arrival.Known;
            if (arrival == Arrival.Restarted) cursor!.Reset();
            if (arrival == Arrival.Ahead || (arrival == Arrival.Restarted && message.Seq > 1)) cursor!.Lag(message.Seq);
        }
        if (arrival == Arrival.Known) return;
        if (arrival == Arrival.Restarted)
            await events.PostOrSkipAsync(new ChatEvent.ConversationReset(conversation), closing).ConfigureAwait(false);
        if (arrival == Arrival.Next || (arrival == Arrival.Restarted && message.Seq == 1))
            await HandAsync(cursor!, message, message.Seq).ConfigureAwait(false);
        else Wake();
    }

    /// <summary>Handles <c>change</c>, the answers to this client's changes included.</summary>
    public async ValueTask ChangedAsync(DaemonFrame.Change change, bool duringCommand)
    {
        var conversation = Conversation.Of(change, me);
        Cursor? cursor;
        Arrival arrival;
        lock (gate)
        {
            arrival = cursors.TryGet(conversation, out cursor) ? cursor.Judge(change) : Arrival.Known;
            if (arrival == Arrival.Ahead) cursor!.LagRev(change.Rev!.Value);
        }
        if (arrival == Arrival.Ahead) Wake();
        if (arrival != Arrival.Next) return;
        var isOwn = Conversation.With(change.From).Equals(me);
        var e = new ChatEvent.MessageChanged(conversation, change with { Id = null }, isOwn) { DuringCommand = isOwn && duringCommand };
        await HandRevAsync(cursor!, e, change.Rev!.Value).ConfigureAwait(false);
    }

    /// <summary>Handles <c>joined</c>. True if the room started over and must be joined again from its first message.</summary>
    /// <param name="asked">
    /// The <c>join</c> that it answers; null if there was none. Live messages may have come since it was sent, so what was delivered does
    /// not tell whether the room started over.
    /// </param>
    public async ValueTask<bool> JoinedAsync(DaemonFrame.Joined joined, ClientFrame.Join? asked, bool duringCommand)
    {
        var room = Conversation.Room(joined.Room);
        Cursor cursor;
        bool again, reset, lags;
        long missed;
        lock (gate)
        {
            if (!cursors.TryGet(room, out cursor!)) cursor = cursors.Add(room, null);
            (again, cursor.IsJoined) = (cursor.IsJoined, true);
            reset = cursor.IsOther(joined.Log) || (joined.Seq < asked?.After && joined.Seq < cursor.Delivered)
                || (joined.Rev < asked?.Rev && joined.Rev < cursor.Rev);
            if (reset) cursor.Reset();
            if (reset || !again && asked?.Rev is null) cursor.Begin(joined.Log, joined.Rev);
            cursor.Name(joined.Log);
            if (reset && joined.Seq > 0) cursor.IsJoined = false;
            if (cursor.Delivered is null) cursor.SkipTo(joined.Seq);
            missed = joined.Seq - Math.Max(cursor.Delivered!.Value, joined.First - 1);
            lags = cursor.IsLagging;
            if (lags) Lag(cursor, joined.Seq, joined.Rev);
            else cursor.List(joined.Rev);
        }
        if (reset) outbound.BeginAnew(room);
        outbound.Confirm(room);
        if (reset) await events.PostOrSkipAsync(new ChatEvent.ConversationReset(room) { Log = joined.Log }, closing).ConfigureAwait(false);
        if (reset && joined.Seq > 0) return true;
        if (!again)
        {
            await events.PostOrSkipAsync(new ChatEvent.JoinedRoom(joined.Room, joined.Seq, joined.First) { DuringCommand = duringCommand },
                closing).ConfigureAwait(false);
        }

        if (missed > 0 && !lags) await events.PostOrSkipAsync(new ChatEvent.Missed(room, missed), closing).ConfigureAwait(false);
        if (lags)
        {
            Wake();
            return false;
        }
        await HandChangedAsync(cursor, joined).ConfigureAwait(false);
        await HandPageAsync(cursor, joined).ConfigureAwait(false);
        return false;
    }

    /// <summary>For the catch-up: the next messages to fetch.</summary>
    public async Task<Gap> NextLaggingAsync()
    {
        while (true)
        {
            lock (gate)
            {
                var cursor = cursors.Direct.Concat(cursors.Rooms.Where(r => r.IsJoined)).FirstOrDefault(c => c.IsLagging);
                if (cursor is { LacksMessages: true })
                    return new(cursor, cursor.Delivered ?? 0, cursor.Head, cursor.Epoch, OfChanges: false);
                if (cursor is not null) return new(cursor, cursor.Rev ?? 0, cursor.RevHead, cursor.Epoch, OfChanges: true);
            }
            await wakes.Reader.ReadAsync(closing).ConfigureAwait(false);
        }
    }

    /// <summary>For the catch-up: delivers a page. It may wait for space, which the receive loop may not.</summary>
    public async Task FetchedAsync(Gap gap, DaemonFrame.History page)
    {
        lock (gate)
            if (!gap.IsVoid) gap.Cursor.List(page.Rev);
        foreach (var message in page.Messages)
        {
            lock (gate)
                if (gap.IsVoid || message.Seq <= gap.Cursor.Delivered) continue;
            await events.PostWaitingAsync(Arrived(gap.Cursor, message), closing).ConfigureAwait(false);
            lock (gate)
                if (!gap.IsVoid) gap.Cursor.Advance(message);
        }
        lock (gate)
            if (!gap.IsVoid) gap.Cursor.Name(page.Log);
        if (!page.More) Close(gap);
    }

    /// <summary>For the catch-up: delivers a page of changed messages.</summary>
    public async Task FetchedAsync(Gap gap, DaemonFrame.Changes page)
    {
        foreach (var message in page.Messages)
        {
            lock (gate)
                if (gap.IsVoid || !gap.Cursor.IsNews(message)) continue;
            await events.PostWaitingAsync(new ChatEvent.MessageRefreshed(gap.Cursor.Conversation, message), closing).ConfigureAwait(false);
            lock (gate)
                if (!gap.IsVoid) gap.Cursor.AdvanceRev(message.Rev!.Value);
        }
        lock (gate)
        {
            if (gap.IsVoid) return;
            gap.Cursor.Name(page.Log);
            gap.Cursor.AdvanceRev(page.Rev);
        }
        if (!page.More) Close(gap);
    }

    /// <summary>
    /// Ends a gap. What arrived live meanwhile may have opened another. Returns the last <c>seq</c> that it concerns.
    /// </summary>
    public long Close(Gap gap)
    {
        lock (gate)
        {
            if (!gap.IsVoid && gap.OfChanges)
            {
                gap.Cursor.AdvanceRev(gap.Head);
                gap.Cursor.TryCatchUpRev();
            }
            else if (!gap.IsVoid)
            {
                gap.Cursor.SkipTo(gap.Head);
                gap.Cursor.TryCatchUp();
            }
            return gap.OfChanges ? gap.Cursor.Delivered ?? 0 : gap.Head;
        }
    }

    private static void Lag(Cursor cursor, long head, long revHead)
    {
        cursor.Lag(head);
        if (revHead > cursor.Rev) cursor.LagRev(revHead);
    }

    /// <summary>The messages that changed while this client was away.</summary>
    private async ValueTask HandChangedAsync(Cursor cursor, DaemonFrame.Joined page)
    {
        if (page.MoreChanges != true)
        {
            foreach (var message in page.Changed ?? [])
            {
                lock (gate)
                    if (!cursor.IsNews(message)) continue;
                var e = new ChatEvent.MessageRefreshed(cursor.Conversation, message);
                if (!await HandRevAsync(cursor, e, message.Rev!.Value).ConfigureAwait(false)) break;
            }
        }
        lock (gate)
        {
            if (cursor.Rev is null || page.Rev <= cursor.Rev) return;
            if (page.Changed is not null && page.MoreChanges != true && !cursor.LacksChanges)
            {
                cursor.AdvanceRev(page.Rev);
                return;
            }
            cursor.LagRev(page.Rev);
        }
        Wake();
    }

    private async ValueTask<bool> HandRevAsync(Cursor cursor, ChatEvent e, long rev)
    {
        var isPosted = await events.PostAsync(e, closing).ConfigureAwait(false);
        lock (gate)
        {
            if (isPosted) cursor.AdvanceRev(rev);
            else cursor.LagRev(rev);
        }
        if (!isPosted) Wake();
        return isPosted;
    }

    private async ValueTask HandPageAsync(Cursor cursor, DaemonFrame.Joined page)
    {
        foreach (var message in page.Messages)
        {
            lock (gate)
                if (message.Seq <= cursor.Delivered) continue;
            if (!await HandAsync(cursor, message, page.Seq).ConfigureAwait(false)) return;
        }
        lock (gate)
        {
            if (!page.More)
            {
                cursor.SkipTo(page.Seq);
                return;
            }
            cursor.Lag(page.Seq);
        }
        Wake();
    }

    private async ValueTask<bool> HandAsync(Cursor cursor, DaemonFrame.Message message, long head)
    {
        var isPosted = await events.PostAsync(Arrived(cursor, message), closing).ConfigureAwait(false);
        lock (gate)
        {
            if (isPosted) cursor.Advance(message);
            else cursor.Lag(head);
        }
        if (!isPosted) Wake();
        return isPosted;
    }

    private ChatEvent.MessageArrived Arrived(Cursor cursor, DaemonFrame.Message message) =>
        new(cursor.Conversation, message, Conversation.With(message.From).Equals(me));

    private void ReadEntry(DirectEntry entry, List<ChatEvent> news)
    {
        var conversation = Conversation.With(entry.User);
        if (!cursors.TryGet(conversation, out var cursor)) cursor = cursors.Add(conversation, isResumed ? 0 : entry.Seq);
        if (entry.Seq < cursor.Delivered || entry.Rev < cursor.Rev || cursor.IsOther(entry.Log))
        {
            cursor.Reset();
            cursor.Begin(entry.Log, entry.Rev);
            outbound.BeginAnew(conversation);
            news.Add(new ChatEvent.ConversationReset(conversation) { Log = entry.Log });
        }
        if (cursor.Rev is null) cursor.Begin(entry.Log, entry.Rev);
        cursor.Name(entry.Log);
        if (entry.Rev > cursor.Rev) cursor.LagRev(entry.Rev);
        if (entry.Seq <= cursor.Delivered) return;
        var missed = entry.Seq - Math.Max(cursor.Delivered!.Value, entry.First - 1);
        if (missed > 0) news.Add(new ChatEvent.Missed(conversation, missed));
        cursor.Lag(entry.Seq);
    }

    /// <summary>
    /// When the list is full, conversations missing from it may have new messages and changes too. Otherwise they do not exist any more.
    /// </summary>
    private void ReadUnlisted(IReadOnlyList<DirectEntry> listed)
    {
        var known = listed.Select(e => Conversation.With(e.User)).ToHashSet();
        var isFull = listed.Count >= ProtocolLimits.DirectListed;
        foreach (var cursor in cursors.Direct.Where(c => !known.Contains(c.Conversation)))
        {
            if (isFull) Lag(cursor, cursor.Delivered ?? 0, (cursor.Rev ?? -1) + 1);
            else outbound.BeginAnew(cursor.Conversation);
        }
    }

    private void Wake() => wakes.Writer.TryWrite(true);
}
