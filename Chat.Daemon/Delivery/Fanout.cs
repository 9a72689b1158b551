using Chat.Daemon.Accounts;
using Chat.Daemon.Messages;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Delivery;

/// <summary>
/// Delivers one message to many, and what changes it. Only the conversation's sequencer emits, in the order of the numbers. Subscribers
/// may come and go from any thread. Nothing is emitted twice, whatever happens to the log.
/// </summary>
internal abstract class Fanout(Address address, TimeProvider time)
{
    private const long NotStarted = -1;

    private long cursor = NotStarted;
    private Address address = address;
    private long revCursor;

    /// <summary>Null while nobody is typing.</summary>
    private TypingUsers? typing;

    protected TimeProvider Time => time;

    /// <summary>Guards the subscribers, the cursors and who is typing. Held while outboxes are filled, so that a join is a cut.</summary>
    protected abstract Lock Gate { get; }

    public Address Address
    {
        get => Volatile.Read(ref address);
        protected set => Volatile.Write(ref address, value);
    }

    /// <summary>The number of the last message emitted. Nobody is shown a later one.</summary>
    public long Cursor => Math.Max(Volatile.Read(ref cursor), 0);

    /// <summary>Whether a message has been emitted. A subscriber may have it, and write back, before the cursor says so.</summary>
    public bool HasEmitted(long seq)
    {
        if (seq <= Cursor) return true;
        lock (Gate) return seq <= Cursor;
    }

    /// <summary>The number of the last change emitted.</summary>
    public long RevCursor => Volatile.Read(ref revCursor);

    /// <summary>Whether the log was read to find the cursors.</summary>
    public bool HasStarted => Volatile.Read(ref cursor) != NotStarted;

    /// <summary>For a conversation that was just opened and has no subscribers.</summary>
    public void StartAt(long last, long rev)
    {
        Volatile.Write(ref revCursor, rev);
        Volatile.Write(ref cursor, last);
    }

    /// <summary>
    /// Holds deliveries to the subscriber back until <see cref="Close"/>, so that they follow a frame that is not ready yet.
    /// </summary>
    /// <returns>Null if the subscriber was removed.</returns>
    public Cut? CutAgain(Subscriber subscriber)
    {
        lock (Gate)
        {
            return subscriber.IsPresent ? subscriber.Open(Cursor, RevCursor) : null;
        }
    }

    /// <inheritdoc cref="Subscriber.Close"/>
    /// <returns>False if the subscriber was removed: then it does not get the frame.</returns>
    public bool Close(Subscriber subscriber, Cut cut, in Piece? frame)
    {
        lock (Gate)
        {
            if (subscriber.IsPresent) subscriber.Close(cut, frame);
            return subscriber.IsPresent;
        }
    }

    /// <summary>Delivers what is committed, and to each sender its answer, even if it has left meanwhile.</summary>
    /// <returns>The number of deliveries.</returns>
    public int Emit(IReadOnlyList<PendingAppend> committed)
    {
        var emission = new Emission(committed, Address);
        lock (Gate)
        {
            for (var i = 0; i < emission.Count; i++)
                if (emission[i].Subscriber is { IsPresent: true } sender) sender.Echoes++;
            var deliveries = DeliverToSubscribers(emission.Batch, emission);
            if (typing is not null) EndTyping(typing, committed);
            Advance(emission.Seq, emission.Rev);
            for (var i = 0; i < emission.Count; i++)
            {
                if (emission[i].Subscriber is { Echoes: > 0 } sender) sender.Echoes = 0;
                else if (emission[i].Subscriber is not { IsPresent: true } && emission.AnswerTo(i) is { } answer)
                    emission[i].Sender.Connection?.Outbox.Reply(answer);
            }
            return deliveries;
        }
    }

    /// <summary>Delivers what is in the log but was never emitted, because its commit seemed to have failed.</summary>
    /// <param name="seq">The number of the last message among them; null if there is none.</param>
    /// <param name="rev">The number of the last change among them; null if there is none.</param>
    public void EmitMissed(IReadOnlyList<DaemonFrame> missed, long? seq, long? rev)
    {
        var batch = Batch.Encode(missed);
        lock (Gate)
        {
            DeliverToSubscribers(batch, null);
            Advance(seq, rev);
        }
    }

    /// <summary>Shows that the user is typing, until a message of theirs is emitted or time has passed.</summary>
    public void Type(ChatUser user)
    {
        lock (Gate)
        {
            if (!ShowsTyping(user)) return;
            var isFirst = typing is null;
            typing ??= new TypingUsers(time, LookAtTyping);
            typing.Add(user);
            if (isFirst) LookAtTyping();
        }
    }

    /// <summary>Whether the user is here, among few enough to be told.</summary>
    protected abstract bool ShowsTyping(ChatUser user);

    /// <summary>Offers the list to all subscribers.</summary>
    protected abstract void TellTyping(IReadOnlyList<string> users);

    /// <param name="emission">Null if nobody waits for an answer.</param>
    protected abstract int DeliverToSubscribers(Batch batch, Emission? emission);

    protected int DeliverTo(List<Subscriber> subscribers, Batch batch, Emission? emission)
    {
        var all = batch.All;
        foreach (var subscriber in subscribers)
        {
            if (subscriber.Echoes > 0) DeliverWithAnswers(subscriber, batch, emission!);
            else if (batch.Count > 0) subscriber.Deliver(all, this);
        }
        return subscribers.Count * batch.Count;
    }

    private static void EndTyping(TypingUsers typing, IReadOnlyList<PendingAppend> committed)
    {
        for (var i = 0; i < committed.Count; i++)
            if (committed[i] is PendingMessage message) typing.Remove(message.Sender.User.Identity);
    }

    /// <summary>Tells what has changed. There is one timer at a time, and only while it is needed.</summary>
    private void LookAtTyping()
    {
        lock (Gate)
        {
            if (typing is null) return;
            var users = typing.Take(ShowsTyping);
            if (users is not null) TellTyping(users);
            if (users is not null || !typing.IsEmpty)
            {
                typing.LookLater();
                return;
            }
            typing.Stop();
            typing = null;
        }
    }

    private void Advance(long? seq, long? rev)
    {
        if (seq is { } last) Volatile.Write(ref cursor, last);
        if (rev is { } lastChange) Volatile.Write(ref revCursor, lastChange);
    }

    private void DeliverWithAnswers(Subscriber subscriber, Batch batch, Emission emission)
    {
        var next = 0;
        for (var i = 0; i < emission.Count; i++)
        {
            if (emission[i].Subscriber != subscriber) continue;
            var position = emission.PositionOf(i);
            if (position > next) subscriber.Deliver(batch.Range(next, position), this);
            if (emission.AnswerTo(i) is { } answer) subscriber.Echo(answer);
            next = emission.IsDelivered(i) ? position + 1 : position;
        }
        if (next < batch.Count) subscriber.Deliver(batch.Range(next, batch.Count), this);
    }
}
