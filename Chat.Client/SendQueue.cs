using System.Buffers;
using System.Threading.Channels;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>
/// The messages and changes to one conversation, in order: some in flight, the rest waiting behind them.
/// Guarded by the lock of <see cref="Outbound"/>; only <see cref="Waiting"/> may be written without it.
/// </summary>
internal sealed class SendQueue(Conversation to, SendPause pause, int window, int waiting)
{
    /// <summary>The answer to a change when the conversation has begun anew.</summary>
    public static readonly Refusal Begun = new(RefusalCode.NoSuchMessage, "The conversation began anew, and the message is gone.");

    /// <summary>Messages that pass in a row before a room counts as no longer in slow mode, which lets one pass now and then.</summary>
    private const int Passing = 2;

    private readonly LinkedList<PendingSend> underWay = [];
    private readonly Channel<PendingSend> queue = Channel.CreateBounded<PendingSend>(waiting);

    public Conversation To => to;

    /// <summary>Bounded; writers wait in the order of their calls.</summary>
    public ChannelWriter<PendingSend> Waiting => queue.Writer;

    /// <summary>Writers that use this queue.</summary>
    public int Holders { get; set; }

    /// <summary>Above 0, only the first message is sent: the room would refuse those behind it.</summary>
    private int probing;

    /// <summary>Of this conversation alone.</summary>
    public SendPause Pause => pause;

    /// <summary>Whether the pump will come to it.</summary>
    public bool IsDue { get; set; }

    /// <summary>Incremented when the conversation begins anew: earlier changes mean messages that are gone.</summary>
    public int Epoch { get; private set; }

    public bool IsIdle => Holders == 0 && underWay.Count == 0 && queue.Reader.Count == 0;

    /// <summary>Writes what may be sent now.</summary>
    /// <param name="holdsChanges">Stop at the first change.</param>
    public void Take(ArrayBufferWriter<byte> output, bool holdsChanges, Action<PendingSend> begins)
    {
        if (pause.IsOn) return;
        foreach (var pending in underWay.Take(InFlight))
        {
            if (pending.IsSent) continue;
            if (holdsChanges && pending.IsChange) return;
            Send(pending, output);
        }
        while (underWay.Count < InFlight && queue.Reader.TryPeek(out var next))
        {
            if (holdsChanges && next.IsChange) return;
            queue.Reader.TryRead(out _);
            if (next.IsWithdrawn) continue;
            if (IsVoid(next))
            {
                next.Complete(Answer<DaemonFrame>.Refused(Begun));
                continue;
            }
            Supersede(next);
            underWay.AddLast(next);
            begins(next);
            Send(next, output);
        }
    }

    /// <summary>The conversation began anew. Returns the changes in flight; those that wait are refused when their turn comes.</summary>
    public List<PendingSend> BeginAnew()
    {
        Epoch++;
        return [.. underWay.Where(IsVoid)];
    }

    /// <summary>The room refused a message for now.</summary>
    public void Probe() => probing = Passing;

    /// <summary>A message has its answer.</summary>
    public void Pass() => probing = Math.Max(0, probing - 1);

    public void Remove(PendingSend pending) => underWay.Remove(pending);

    /// <summary>For a new connection: marks everything in flight to be sent again. Returns what must not be.</summary>
    public List<PendingSend> Rewind()
    {
        pause.Cancel();
        foreach (var pending in underWay) pending.IsSent = false;
        return [.. underWay.Where(p => p.IsSuperseded)];
    }

    /// <summary>Empties and closes the queue.</summary>
    public IEnumerable<PendingSend> Drain()
    {
        queue.Writer.TryComplete();
        foreach (var pending in underWay) yield return pending;
        underWay.Clear();
        while (queue.Reader.TryRead(out var next)) yield return next;
    }

    private int InFlight => probing > 0 ? 1 : window;

    private bool IsVoid(PendingSend pending) => pending.IsChange && pending.Epoch != Epoch;

    private void Supersede(PendingSend later)
    {
        if (later.Edits is not { } seq) return;
        foreach (var earlier in underWay.Where(p => p.Edits == seq)) earlier.IsSuperseded = true;
    }

    private static void Send(PendingSend pending, ArrayBufferWriter<byte> output)
    {
        (pending.IsSent, pending.WasSent) = (true, true);
        output.Write(pending.Bytes.Span);
    }
}
