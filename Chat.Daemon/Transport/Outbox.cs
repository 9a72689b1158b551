using System.Buffers;
using Chat.Protocol;

namespace Chat.Daemon.Transport;

/// <summary>
/// The frames queued for one connection. Deliveries are bounded: a client that does not read them is disconnected, and nobody waits for
/// it. Adding never blocks and never throws, from any thread; frames leave in the order added. A sealed outbox takes no more.
/// </summary>
/// <param name="bound">Bytes of deliveries that may be queued.</param>
internal sealed class Outbox(IOutput output, IFraming framing, DrainList drainList, int bound)
{
    /// <summary>Bytes handed to the transport at a time. They count as queued until they have left.</summary>
    private const int SliceBytes = 65_536;

    /// <summary>The largest buffer for encoding that a thread keeps: a page, and the doubling beyond it.</summary>
    private const int KeptBytes = 1 << 20;

    [ThreadStatic]
    private static byte[]? scratch;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? encoding;

    /// <summary>Guards the fields below. Only the drain list's lock is taken while it is held.</summary>
    private readonly Lock gate = new();
    private readonly Queue<Entry> entries = new();
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? belowHalf;
    private long waiting;
    private long answered;
    private long waitingDeliveries;

    /// <summary>Bytes of the first entry that are in the current slice already.</summary>
    private int taken;

    /// <summary>Bytes of the entries in the current slice, which the transport's form may make more or fewer.</summary>
    private int slice;
    private int sliceDeliveries;
    private bool isScheduled;
    private bool isSealed;

    /// <summary>Called once, by the thread whose delivery overflowed the outbox, under its locks: it must only signal.</summary>
    public Action? Overflowed { get; set; }

    /// <summary>Completes when the outbox is sealed and empty, or the client is gone.</summary>
    public Task Finished => finished.Task;

    public long WaitingBytes => Volatile.Read(ref waiting);

    /// <summary>Bytes of all answers so far.</summary>
    public long AnsweredBytes => Volatile.Read(ref answered);

    /// <summary>While this holds, nothing more is read from the connection.</summary>
    public bool IsOverHalf => Volatile.Read(ref waiting) > bound / 2;

    /// <summary>
    /// Adds a frame that the client did not ask for. Beyond the bound, the outbox is sealed with <c>bye slow_consumer</c>. A piece larger
    /// than the bound is taken if no delivery is queued: a client that has read everything is not slow.
    /// </summary>
    public void Deliver(in Piece piece) => Add(piece, EntryKind.Delivery);

    /// <summary>
    /// Adds an answer. Answers are bounded in another way: nothing is read from the connection while the outbox is over half full.
    /// </summary>
    public void Reply(in Piece piece) => Add(piece, EntryKind.Answer);

    /// <summary>
    /// Adds a frame that is of use only now, unless the outbox would be over half full with it. It takes no room from deliveries.
    /// </summary>
    public void Offer(in Piece piece)
    {
        lock (gate)
        {
            if (!isSealed && waiting + piece.Length <= bound / 2) Enqueue(piece, EntryKind.Answer);
        }
    }

    public void Reply(DaemonFrame frame) => Reply(Encoded(frame));

    /// <summary>Adds bytes of the transport, which are no frame.</summary>
    public void Control(in Piece piece) => Add(piece, EntryKind.Control);

    /// <summary>Adds the last frame of the connection, or none. Only the first call counts.</summary>
    public void Seal(DaemonFrame.Bye? bye)
    {
        lock (gate)
        {
            SealUnderGate(bye);
        }
    }

    /// <summary>Completes when less than half the bound is queued, or nothing more will be sent.</summary>
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
        var buffer = encoding ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        FrameWriter.Write(buffer, frame);
        var piece = new Piece(buffer.WrittenSpan.ToArray());
        if (buffer.Capacity > KeptBytes) encoding = null;
        return piece;
    }

    /// <summary>
    /// Sends what is queued. Called by the drain list, and after a send that had to wait. The flag <c>isScheduled</c> keeps calls apart.
    /// </summary>
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
            Abandon(); // the session's loop notices it by its own read
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

    private void Add(in Piece piece, EntryKind kind)
    {
        lock (gate)
        {
            if (isSealed) return;
            if (kind is EntryKind.Delivery && waitingDeliveries > 0 && waitingDeliveries + piece.Length > bound)
            {
                SealUnderGate(new DaemonFrame.Bye(ByeReason.SlowConsumer));
                Overflowed?.Invoke();
                return;
            }
            if (kind is not EntryKind.Delivery) answered += piece.Length;
            Enqueue(piece, kind);
        }
    }

    private void SealUnderGate(DaemonFrame.Bye? bye)
    {
        if (isSealed) return;
        isSealed = true;
        if (bye is not null) Enqueue(Encoded(bye), EntryKind.Answer);
        if (framing.Farewell(bye?.Reason) is { } last) Enqueue(last, EntryKind.Control);
        if (!isScheduled) finished.TrySetResult();
    }

    private void Enqueue(in Piece piece, EntryKind kind)
    {
        entries.Enqueue(new Entry(piece, kind));
        waiting += piece.Length;
        if (kind is EntryKind.Delivery) waitingDeliveries += piece.Length;
        if (isScheduled) return;
        isScheduled = true;
        drainList.Add(this);
    }

    /// <summary>Moves up to a slice of queued bytes into the buffer.</summary>
    /// <returns>The number of bytes; 0 if nothing is queued.</returns>
    private int FillSlice(byte[] buffer)
    {
        lock (gate)
        {
            (slice, sliceDeliveries) = (0, 0);
            var filled = 0;
            while (filled < SliceBytes && entries.TryPeek(out var entry))
            {
                var before = taken;
                filled += Copy(entry, buffer.AsSpan(filled));
                slice += taken - before;
                if (entry.Kind is EntryKind.Delivery) sliceDeliveries += taken - before;
                if (taken < entry.Piece.Length) break;
                entries.Dequeue();
                taken = 0;
            }
            if (filled > 0) return filled;
            isScheduled = false;
            if (isSealed) finished.TrySetResult();
            return 0;
        }
    }

    private int Copy(in Entry entry, Span<byte> output) => entry.Kind is EntryKind.Control
        ? LineFraming.CopyBytes(entry.Piece.Span, ref taken, output)
        : framing.Copy(entry.Piece.Span, ref taken, output);

    /// <summary>Accounts for the slice that has left.</summary>
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

    private readonly record struct Entry(Piece Piece, EntryKind Kind);

    private enum EntryKind : byte
    {
        Answer,
        Delivery,
        Control,
    }
}
