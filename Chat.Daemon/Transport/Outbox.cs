using System.Buffers;
using Chat.Protocol;

namespace Chat.Daemon.Transport;

/// <summary>
/// What waits to be sent to one connection. Bounded for deliveries: who does not read them is cut off, nobody waits for it.
/// Adding never blocks and never throws, from any thread; sent is in the order added. Once sealed it takes nothing more.
/// </summary>
/// <param name="bound">Bytes of deliveries that may wait.</param>
internal sealed class Outbox(IOutput output, DrainList drains, int bound)
{
    /// <summary>Bytes given to the transport at a time: what is given counts as waiting until it has left.</summary>
    private const int SliceBytes = 65_536;

    [ThreadStatic]
    private static byte[]? scratch;

    /// <summary>Guards everything below. Taken last, but for the drain list's.</summary>
    private readonly Lock gate = new();
    private readonly Queue<Entry> entries = new();
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? belowHalf;
    private long waiting;
    private long waitingDeliveries;

    /// <summary>Bytes of the first entry that are in the slice already.</summary>
    private int taken;
    private int slice;
    private int sliceDeliveries;
    private bool scheduled;
    private bool isSealed;

    /// <summary>Called once, from whoever delivered too much, under that caller's locks: it must only signal.</summary>
    public Action? Overflowed { get; set; }

    /// <summary>Completes when the outbox is sealed and all of it has left, or the peer is gone.</summary>
    public Task Finished => finished.Task;

    public long WaitingBytes => Volatile.Read(ref waiting);

    /// <summary>While this is so, nothing more is read from the connection.</summary>
    public bool IsOverHalf => Volatile.Read(ref waiting) > bound / 2;

    /// <summary>
    /// Adds what the connection did not ask for. Beyond the bound the outbox is sealed with <c>bye slow_consumer</c>;
    /// not by a piece that is larger than the bound itself, as long as none waits before it: whoever has read everything is not slow.
    /// </summary>
    public void Deliver(in Piece piece) => Add(piece, isDelivery: true);

    /// <summary>Adds an answer. Answers are bounded by reading no further while the outbox is over half full.</summary>
    public void Reply(in Piece piece) => Add(piece, isDelivery: false);

    public void Reply(DaemonFrame frame) => Reply(Encoded(frame));

    /// <summary>Adds the last frame of the connection, or none; only the first call counts.</summary>
    public void Seal(DaemonFrame.Bye? bye)
    {
        lock (gate)
        {
            SealUnderGate(bye);
        }
    }

    /// <summary>Completes when less than half the bound waits, or nothing more will be sent.</summary>
    public Task WhenBelowHalf()
    {
        lock (gate)
        {
            if (waiting <= bound / 2 || finished.Task.IsCompleted) return Task.CompletedTask;
            return (belowHalf ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public static Piece Encoded(DaemonFrame frame)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        FrameWriter.Write(buffer, frame);
        return new Piece(buffer.WrittenSpan.ToArray());
    }

    /// <summary>Sends what waits. Called by the drain list, and when a send that had to wait is done; never twice at once, as <c>scheduled</c> says.</summary>
    public void Flush()
    {
        var buffer = scratch ??= new byte[SliceBytes];
        try
        {
            while (FillSlice(buffer) is var filled and > 0)
            {
                var sent = output.TrySend(buffer.AsSpan(0, filled));
                if (sent < filled)
                {
                    _ = FinishSliceAsync(buffer.AsMemory(sent, filled - sent).ToArray());
                    return;
                }
                Settle();
            }
        }
        catch (IOException)
        {
            Abandon(); // the session's loop hears of it by its own read
        }
    }

    private async Task FinishSliceAsync(ReadOnlyMemory<byte> rest)
    {
        try
        {
            await output.SendAsync(rest);
        }
        catch (IOException)
        {
            Abandon(); // as above
            return;
        }
        Settle();
        Flush();
    }

    private void Add(in Piece piece, bool isDelivery)
    {
        lock (gate)
        {
            if (isSealed) return;
            if (isDelivery && waitingDeliveries > 0 && waitingDeliveries + piece.Length > bound)
            {
                SealUnderGate(new DaemonFrame.Bye(ByeReason.SlowConsumer));
                Overflowed?.Invoke();
                return;
            }
            Enqueue(piece, isDelivery);
        }
    }

    private void SealUnderGate(DaemonFrame.Bye? bye)
    {
        if (isSealed) return;
        isSealed = true;
        if (bye is not null) Enqueue(Encoded(bye), isDelivery: false);
        else if (!scheduled) finished.TrySetResult();
    }

    private void Enqueue(in Piece piece, bool isDelivery)
    {
        entries.Enqueue(new Entry(piece, isDelivery));
        waiting += piece.Length;
        if (isDelivery) waitingDeliveries += piece.Length;
        if (scheduled) return;
        scheduled = true;
        drains.Add(this);
    }

    /// <summary>Moves whole pieces, up to a slice, into the buffer; returns their bytes, 0 where nothing waits.</summary>
    private int FillSlice(byte[] buffer)
    {
        lock (gate)
        {
            (slice, sliceDeliveries) = (0, 0);
            while (slice < SliceBytes && entries.TryPeek(out var entry))
            {
                var part = Math.Min(SliceBytes - slice, entry.Piece.Length - taken);
                entry.Piece.Span.Slice(taken, part).CopyTo(buffer.AsSpan(slice));
                slice += part;
                if (entry.IsDelivery) sliceDeliveries += part;
                taken += part;
                if (taken < entry.Piece.Length) break;
                entries.Dequeue();
                taken = 0;
            }
            if (slice > 0) return slice;
            scheduled = false;
            if (isSealed) finished.TrySetResult();
            return 0;
        }
    }

    /// <summary>Takes note that the slice has left.</summary>
    private void Settle()
    {
        lock (gate)
        {
            waiting -= slice;
            waitingDeliveries -= sliceDeliveries;
            if (waiting <= bound / 2) ReleaseWaiter();
        }
    }

    private void Abandon()
    {
        lock (gate)
        {
            isSealed = true;
            entries.Clear();
            (waiting, waitingDeliveries) = (0, 0);
            finished.TrySetResult();
            ReleaseWaiter();
        }
    }

    private void ReleaseWaiter()
    {
        belowHalf?.TrySetResult();
        belowHalf = null;
    }

    private readonly record struct Entry(Piece Piece, bool IsDelivery);
}
