using System.Buffers;
using System.Threading.Channels;

namespace Chat.Client;

/// <summary>
/// What is to be said in one conversation, in order: some on the wire, the rest waiting behind them.
/// Its owner, <see cref="Outbound"/>, takes turns on it under its lock; only <see cref="Waiting"/> may be written at any time.
/// </summary>
internal sealed class SendLine(Conversation to, int window, int waiting)
{
    private readonly LinkedList<Ticket> underWay = [];
    private readonly Channel<Ticket> queue = Channel.CreateBounded<Ticket>(waiting);

    public Conversation To => to;

    /// <summary>Bounded; writers that find no room get their turn in the order in which they came.</summary>
    public ChannelWriter<Ticket> Waiting => queue.Writer;

    /// <summary>Writers that hold this line.</summary>
    public int Holders { get; set; }

    /// <summary>Nothing is sent until a refusal for a while is over: what comes later must not overtake what was refused.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Whether it stands in the pump's queue.</summary>
    public bool IsDue { get; set; }

    public bool IsIdle => Holders == 0 && underWay.Count == 0 && queue.Reader.Count == 0;

    /// <summary>Puts what may be sent now into <paramref name="output"/>.</summary>
    public void Take(ArrayBufferWriter<byte> output, Action<Ticket> begins)
    {
        if (IsPaused) return;
        foreach (var ticket in underWay)
            if (!ticket.IsSent) Send(ticket, output);
        while (underWay.Count < window && queue.Reader.TryRead(out var next))
        {
            underWay.AddLast(next);
            begins(next);
            Send(next, output);
        }
    }

    public void Remove(Ticket ticket) => underWay.Remove(ticket);

    /// <summary>The connection is another: all that is under way must be sent again.</summary>
    public void Rewind()
    {
        IsPaused = false;
        foreach (var ticket in underWay) ticket.IsSent = false;
    }

    /// <summary>Takes all there is: nothing more will be sent.</summary>
    public IEnumerable<Ticket> Drain()
    {
        queue.Writer.TryComplete();
        foreach (var ticket in underWay) yield return ticket;
        underWay.Clear();
        while (queue.Reader.TryRead(out var next)) yield return next;
    }

    private static void Send(Ticket ticket, ArrayBufferWriter<byte> output)
    {
        (ticket.IsSent, ticket.WasSent) = (true, true);
        output.Write(ticket.Bytes.Span);
    }
}
