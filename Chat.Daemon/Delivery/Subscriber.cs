using Chat.Daemon.Accounts;
using Chat.Daemon.Transport;

namespace Chat.Daemon.Delivery;

/// <summary>A connection that receives one conversation. Its members are guarded by the lock of the fan-out that holds it.</summary>
internal sealed class Subscriber(Connection connection, ChatUser user)
{
    /// <summary>The cuts whose frame is not queued yet, the oldest first. Null if deliveries go straight to the outbox.</summary>
    private Queue<Cut>? open;
    private Cut? last;

    public Connection Connection { get; } = connection;

    public ChatUser User => user;

    /// <summary>The connection's language; empty if nothing asks for it.</summary>
    public string Language { get; init; } = "";

    public bool IsPresent { get; set; }

    /// <summary>Where the room's fan-out keeps it.</summary>
    public int Position { get; set; }

    /// <summary>Its own messages in the batch that is being delivered.</summary>
    public int Echoes { get; set; }

    /// <summary>Queues a delivery, behind the frames of the open cuts.</summary>
    /// <param name="source">The conversation whose message it is; null for a frame without a number.</param>
    public void Deliver(in Piece piece, Fanout? source = null)
    {
        if (last is null) Connection.Outbox.Deliver(piece);
        else last.HoldBack(piece, source);
    }

    /// <summary>Queues a frame that may be dropped, behind the frames of the open cuts.</summary>
    public void Offer(in Piece piece)
    {
        if (last is null) Connection.Outbox.Offer(piece);
        else last.HoldBack(piece, null, isOffer: true);
    }

    /// <summary>Queues a message that this connection sent itself, which is an answer and not a delivery.</summary>
    public void Echo(in Piece piece)
    {
        if (last is null) Connection.Outbox.Reply(piece);
        else last.HoldBack(piece, null, isEcho: true);
    }

    /// <summary>Keeps the place for a frame that is not ready yet: what is delivered from now on is held back until it is.</summary>
    /// <param name="seq">The number of the last message delivered.</param>
    /// <param name="rev">The number of the last change delivered.</param>
    public Cut Open(long seq, long rev)
    {
        last = new Cut(seq, rev);
        (open ??= []).Enqueue(last);
        return last;
    }

    /// <summary>
    /// Queues the frame of the cut, then what was held back. The client asked for all of it, so none of it counts as a delivery.
    /// </summary>
    /// <param name="frame">Null if there is none after all.</param>
    /// <param name="covered">Conversations whose cursor the frame tells. What was held back of them is before the cut.</param>
    public void Close(Cut cut, in Piece? frame, IReadOnlyCollection<Fanout>? covered = null)
    {
        cut.Fill(frame, covered ?? []);
        while (open!.TryPeek(out var first) && first.IsFilled)
        {
            open.Dequeue();
            first.Send(Connection.Outbox);
        }
        if (open.Count == 0) (open, last) = (null, null);
    }

    /// <summary>Drops what is held back, but for the echoes: the messages are stored, and nothing else says so.</summary>
    public void Leave()
    {
        IsPresent = false;
        foreach (var cut in open ?? []) cut.SendEchoes(Connection.Outbox);
        (open, last) = (null, null);
    }
}
