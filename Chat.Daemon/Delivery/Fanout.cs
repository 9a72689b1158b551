using Chat.Daemon.Messages;
using Chat.Daemon.Storage;
using Chat.Daemon.Transport;

namespace Chat.Daemon.Delivery;

/// <summary>
/// Delivers one message to many. Only the conversation's sequencer emits, in the order of the numbers. Subscribers may come and go from
/// any thread. A message is never emitted twice, whatever happens to the log.
/// </summary>
internal abstract class Fanout(Address address)
{
    private const long NotStarted = -1;

    private long cursor = NotStarted;

    /// <summary>Guards the subscribers and the cursor. Held while outboxes are filled, so that a join is a cut.</summary>
    protected abstract Lock Gate { get; }

    public Address Address { get; } = address;

    /// <summary>The last number emitted. Nobody is shown a later message.</summary>
    public long Cursor => Math.Max(Volatile.Read(ref cursor), 0);

    /// <summary>Whether the log was read to find the cursor.</summary>
    public bool HasStarted => Volatile.Read(ref cursor) != NotStarted;

    /// <summary>For a conversation that was just opened and has no subscribers.</summary>
    public void StartAt(long last) => Volatile.Write(ref cursor, last);

    /// <summary>Delivers committed messages, and to each sender its echo, even if it has left meanwhile.</summary>
    /// <returns>The number of deliveries.</returns>
    public int Emit(IReadOnlyList<PendingMessage> committed)
    {
        var batch = Batch.Encode([.. committed.Select(p => p.Logged!)], Address);
        lock (Gate)
        {
            foreach (var pending in committed)
                if (pending.Subscriber is { IsPresent: true } sender) sender.Echoes++;
            var deliveries = DeliverToSubscribers(batch, committed);
            Volatile.Write(ref cursor, committed[^1].Logged!.Seq);
            foreach (var pending in committed)
            {
                if (pending.Subscriber is { Echoes: > 0 } sender) sender.Echoes = 0;
                else if (pending.Subscriber is not { IsPresent: true }) pending.Sender.Connection.Outbox.Reply(EchoOf(pending));
            }
            return deliveries;
        }
    }

    /// <summary>Delivers messages that are in the log but were never emitted, because their commit seemed to have failed.</summary>
    public void EmitMissed(IReadOnlyList<LoggedMessage> missed)
    {
        var batch = Batch.Encode(missed, Address);
        lock (Gate)
        {
            DeliverToSubscribers(batch, []);
            Volatile.Write(ref cursor, missed[^1].Seq);
        }
    }

    protected abstract int DeliverToSubscribers(Batch batch, IReadOnlyList<PendingMessage> committed);

    protected int DeliverTo(List<Subscriber> subscribers, Batch batch, IReadOnlyList<PendingMessage> committed)
    {
        var all = batch.All;
        foreach (var subscriber in subscribers)
        {
            if (subscriber.Echoes == 0) subscriber.Deliver(all, this);
            else DeliverWithEchoes(subscriber, batch, committed);
        }
        return subscribers.Count * batch.Count;
    }

    private void DeliverWithEchoes(Subscriber subscriber, Batch batch, IReadOnlyList<PendingMessage> committed)
    {
        var next = 0;
        for (var i = 0; i < committed.Count; i++)
        {
            if (committed[i].Subscriber != subscriber) continue;
            if (i > next) subscriber.Deliver(batch.Range(next, i), this);
            subscriber.Echo(committed[i].ClientId is null ? batch.Range(i, i + 1) : EchoOf(committed[i]));
            next = i + 1;
        }
        if (next < batch.Count) subscriber.Deliver(batch.Range(next, batch.Count), this);
    }

    private Piece EchoOf(PendingMessage pending) => Outbox.Encoded(Address.Frame(pending.Logged!) with { Id = pending.ClientId });
}
