using System.Buffers;
using System.Threading.Channels;

namespace Chat.Client;

/// <summary>
/// The messages to one conversation, in order: some in flight, the rest waiting behind them.
/// Guarded by the lock of <see cref="Outbound"/>; only <see cref="Waiting"/> may be written without it.
/// </summary>
internal sealed class SendQueue(Conversation to, SendPause pause, int window, int waiting)
{
    private readonly LinkedList<PendingMessage> underWay = [];
    private readonly Channel<PendingMessage> queue = Channel.CreateBounded<PendingMessage>(waiting);

    public Conversation To => to;

    /// <summary>Bounded; writers wait in the order of their calls.</summary>
    public ChannelWriter<PendingMessage> Waiting => queue.Writer;

    /// <summary>Writers that use this queue.</summary>
    public int Holders { get; set; }

    /// <summary>Of this conversation alone.</summary>
    public SendPause Pause => pause;

    /// <summary>Whether the pump will come to it.</summary>
    public bool IsDue { get; set; }

    public bool IsIdle => Holders == 0 && underWay.Count == 0 && queue.Reader.Count == 0;

    /// <summary>Writes the messages that may be sent now.</summary>
    public void Take(ArrayBufferWriter<byte> output, Action<PendingMessage> begins)
    {
        if (pause.IsOn) return;
        foreach (var pending in underWay)
            if (!pending.IsSent) Send(pending, output);
        while (underWay.Count < window && queue.Reader.TryRead(out var next))
        {
            underWay.AddLast(next);
            begins(next);
            Send(next, output);
        }
    }

    public void Remove(PendingMessage pending) => underWay.Remove(pending);

    /// <summary>For a new connection: marks everything in flight to be sent again.</summary>
    public void Rewind()
    {
        pause.Cancel();
        foreach (var pending in underWay) pending.IsSent = false;
    }

    /// <summary>Empties and closes the queue.</summary>
    public IEnumerable<PendingMessage> Drain()
    {
        queue.Writer.TryComplete();
        foreach (var pending in underWay) yield return pending;
        underWay.Clear();
        while (queue.Reader.TryRead(out var next)) yield return next;
    }

    private static void Send(PendingMessage pending, ArrayBufferWriter<byte> output)
    {
        (pending.IsSent, pending.WasSent) = (true, true);
        output.Write(pending.Bytes.Span);
    }
}
