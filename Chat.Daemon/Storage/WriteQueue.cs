namespace Chat.Daemon.Storage;

/// <summary>
/// What waits for the writer, in order. It has no bound of its own: everybody who adds awaits the result, so what stands here is held by
/// its caller anyway; and each conversation has one append in flight, each session one change.
/// </summary>
internal sealed class WriteQueue
{
    /// <summary>Bounds what one failure makes the writer repeat, and how long the first of a transaction waits for the last.</summary>
    private const int RowsPerTransaction = 5_000;

    /// <summary>With its indexes well within the writer's cache, so that nothing is spilled to the disk before the commit.</summary>
    private const long BytesPerTransaction = 8 << 20;

    private readonly Queue<PendingWrite> waiting = new(); // also the lock
    private bool closed;

    public int Count
    {
        get
        {
            lock (waiting) return waiting.Count;
        }
    }

    /// <returns>False where the queue is closed.</returns>
    public bool TryAdd(PendingWrite write)
    {
        lock (waiting)
        {
            if (closed) return false;
            waiting.Enqueue(write);
            Monitor.Pulse(waiting);
            return true;
        }
    }

    /// <summary>Waits for a write, then takes all that one transaction may hold; at least one, however large.</summary>
    /// <returns>False where the queue is closed and empty.</returns>
    public bool Take(List<PendingWrite> batch)
    {
        lock (waiting)
        {
            while (waiting.Count == 0)
            {
                if (closed) return false;
                Monitor.Wait(waiting);
            }
            var (rows, bytes) = (0, 0L);
            while (waiting.TryPeek(out var write) && (batch.Count == 0 || (rows + write.Rows <= RowsPerTransaction && bytes + write.Bytes <= BytesPerTransaction)))
            {
                batch.Add(waiting.Dequeue());
                rows += write.Rows;
                bytes += write.Bytes;
            }
            return true;
        }
    }

    /// <summary>Takes no more; what is there can still be taken.</summary>
    public void Close()
    {
        lock (waiting)
        {
            closed = true;
            Monitor.PulseAll(waiting);
        }
    }
}
