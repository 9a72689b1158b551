using System.Threading.Channels;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>
/// Delivers each message once and in order. The receive loop calls it. Messages out of order, or without space in the event queue, are
/// left to <see cref="CatchUp"/>. One lock guards the cursors; it is never held across an await.
/// </summary>
internal sealed class Inbox(EventQueue events, CancellationToken closing)
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
            foreach (var entry in welcome.Direct) ReadEntry(entry, news);
            if (isResumed && welcome.Direct.Count >= ProtocolLimits.DirectListed) SuspectUnlisted(welcome.Direct);
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

    /// <summary>The joins that bring a new connection into the same rooms.</summary>
    public List<ClientFrame.Join> Rejoins()
    {
        lock (gate) return [.. cursors.Rooms.Select(c => new ClientFrame.Join(c.Conversation.Name, c.Delivered))];
    }

    /// <summary>Follows a room from <paramref name="after"/>, or from its end. False if it is followed already.</summary>
    public bool Follow(Conversation room, long? after)
    {
        lock (gate)
        {
            if (cursors.TryGet(room, out _)) return false;
            cursors.Add(room, after);
            return true;
        }
    }

    /// <summary>Whether the room was followed.</summary>
    public bool Forget(Conversation conversation)
    {
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

    /// <summary>Handles <c>joined</c>. True if the room started over and must be joined again from its first message.</summary>
    /// <param name="after">
    /// As sent in the <c>join</c>: live messages may have come since, so what was delivered does not tell whether the room started over.
    /// </param>
    public async ValueTask<bool> JoinedAsync(DaemonFrame.Joined joined, long? after, bool duringCommand)
    {
        var room = Conversation.Room(joined.Room);
        Cursor cursor;
        bool again, reset, lags;
        long missed;
        lock (gate)
        {
            if (!cursors.TryGet(room, out cursor!)) cursor = cursors.Add(room, null);
            (again, cursor.IsJoined) = (cursor.IsJoined, true);
            reset = joined.Seq < after && joined.Seq < cursor.Delivered;
            if (reset) cursor.Reset();
            if (reset && joined.Seq > 0) cursor.IsJoined = false;
            if (cursor.Delivered is null) cursor.SkipTo(joined.Seq);
            missed = joined.Seq - Math.Max(cursor.Delivered!.Value, joined.First - 1);
            lags = cursor.IsLagging;
            if (lags) cursor.Lag(joined.Seq);
        }
        if (reset) await events.PostOrSkipAsync(new ChatEvent.ConversationReset(room), closing).ConfigureAwait(false);
        if (reset && joined.Seq > 0) return true;
        if (!again)
        {
            await events.PostOrSkipAsync(new ChatEvent.JoinedRoom(joined.Room, joined.Seq, joined.First) { DuringCommand = duringCommand },
                closing).ConfigureAwait(false);
        }

        if (missed > 0 && !lags) await events.PostOrSkipAsync(new ChatEvent.Missed(room, missed), closing).ConfigureAwait(false);
        if (lags) Wake();
        else await HandPageAsync(cursor, joined).ConfigureAwait(false);
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
                if (cursor is not null) return new(cursor, cursor.Delivered ?? 0, cursor.Head, cursor.Epoch);
            }
            await wakes.Reader.ReadAsync(closing).ConfigureAwait(false);
        }
    }

    /// <summary>For the catch-up: delivers a page. It may wait for space, which the receive loop may not.</summary>
    public async Task FetchedAsync(Gap gap, DaemonFrame.History page)
    {
        foreach (var message in page.Messages)
        {
            lock (gate)
                if (gap.IsVoid || message.Seq <= gap.Cursor.Delivered) continue;
            await events.PostWaitingAsync(Arrived(gap.Cursor, message), closing).ConfigureAwait(false);
            lock (gate)
                if (!gap.IsVoid) gap.Cursor.Advance(message);
        }
        if (!page.More) Close(gap);
    }

    /// <summary>Ends a gap. Live messages that arrived meanwhile may have opened another.</summary>
    public void Close(Gap gap)
    {
        lock (gate)
        {
            if (gap.IsVoid) return;
            gap.Cursor.SkipTo(gap.Head);
            gap.Cursor.TryCatchUp();
        }
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
        if (entry.Seq < cursor.Delivered)
        {
            cursor.Reset();
            news.Add(new ChatEvent.ConversationReset(conversation));
        }
        if (entry.Seq <= cursor.Delivered) return;
        var missed = entry.Seq - Math.Max(cursor.Delivered!.Value, entry.First - 1);
        if (missed > 0) news.Add(new ChatEvent.Missed(conversation, missed));
        cursor.Lag(entry.Seq);
    }

    /// <summary>The list was full, so conversations missing from it may have new messages too.</summary>
    private void SuspectUnlisted(IReadOnlyList<DirectEntry> listed)
    {
        var known = listed.Select(e => Conversation.With(e.User)).ToHashSet();
        foreach (var cursor in cursors.Direct.Where(c => !known.Contains(c.Conversation))) cursor.Lag(cursor.Delivered ?? 0);
    }

    private void Wake() => wakes.Writer.TryWrite(true);
}
