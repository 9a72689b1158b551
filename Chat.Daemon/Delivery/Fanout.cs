using Chat.Daemon.History;
using Chat.Daemon.Transport;

namespace Chat.Daemon.Delivery;

/// <summary>
/// One to many. Emissions come from the conversation's runner alone, in the order of the numbers; members come and go from anywhere.
/// What was emitted once is not emitted again, whatever becomes of the log.
/// </summary>
internal abstract class Fanout(Address address)
{
    private long cursor;

    /// <summary>Guards the members and the cursor; outboxes are added to under it, so that a join is a cut.</summary>
    protected abstract Lock Gate { get; }

    public Address Address { get; } = address;

    /// <summary>The last number that was emitted: nobody is shown a later one.</summary>
    public long Cursor => Volatile.Read(ref cursor);

    /// <summary>For a conversation just opened, that nobody is in yet.</summary>
    public void StartAt(long last) => Volatile.Write(ref cursor, last);

    /// <summary>Delivers what is committed, and to each sender its echo, wherever it is by now. Returns the number of deliveries.</summary>
    public int Emit(IReadOnlyList<PendingMessage> committed)
    {
        var batch = Batch.Encode([.. committed.Select(p => p.Logged!)], Address);
        lock (Gate)
        {
            foreach (var pending in committed)
                if (pending.Member is { IsPresent: true } sender) sender.Echoes++;
            var deliveries = DeliverToMembers(batch, committed);
            Volatile.Write(ref cursor, committed[^1].Logged!.Seq);
            foreach (var pending in committed)
            {
                if (pending.Member is { Echoes: > 0 } sender) sender.Echoes = 0;
                else if (pending.Member is not { IsPresent: true }) Echo(pending);
            }
            return deliveries;
        }
    }

    /// <summary>Delivers what was found in the log, but never emitted: its commit was taken for failed.</summary>
    public void EmitMissed(IReadOnlyList<LoggedMessage> missed)
    {
        var batch = Batch.Encode(missed, Address);
        lock (Gate)
        {
            DeliverToMembers(batch, []);
            Volatile.Write(ref cursor, missed[^1].Seq);
        }
    }

    protected abstract int DeliverToMembers(Batch batch, IReadOnlyList<PendingMessage> committed);

    protected int DeliverTo(List<Member> members, Batch batch, IReadOnlyList<PendingMessage> committed)
    {
        var whole = batch.Whole;
        foreach (var member in members)
        {
            if (member.Echoes == 0) member.Deliver(whole);
            else DeliverWithEchoes(member, batch, committed);
        }
        return members.Count * batch.Count;
    }

    private void DeliverWithEchoes(Member member, Batch batch, IReadOnlyList<PendingMessage> committed)
    {
        var next = 0;
        for (var i = 0; i < committed.Count; i++)
        {
            if (committed[i].Member != member) continue;
            if (i > next) member.Deliver(batch.Range(next, i));
            if (committed[i].ClientId is null) member.Connection.Outbox.Reply(batch.Range(i, i + 1));
            else Echo(committed[i]);
            next = i + 1;
        }
        if (next < batch.Count) member.Deliver(batch.Range(next, batch.Count));
    }

    private void Echo(PendingMessage pending) =>
        pending.Sender.Connection.Outbox.Reply(Outbox.Encoded(Address.Frame(pending.Logged!) with { Id = pending.ClientId }));
}
