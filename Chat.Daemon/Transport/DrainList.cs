namespace Chat.Daemon.Transport;

/// <summary>
/// The outboxes that were touched since the last drain, each once. One work item flushes them, so that what
/// arrives for a member while others are served leaves in one write. Safe from any thread.
/// </summary>
internal sealed class DrainList : IThreadPoolWorkItem
{
    /// <summary>Guards the list and the flag. Innermost: nothing is called under it.</summary>
    private readonly Lock gate = new();
    private List<Outbox> touched = [];
    private List<Outbox> draining = [];
    private bool scheduled;

    public void Add(Outbox outbox)
    {
        lock (gate)
        {
            touched.Add(outbox);
            if (scheduled) return;
            scheduled = true;
        }
        // The global queue: reads that wait already run first, and what they cause coalesces.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (Take())
        {
            foreach (var outbox in draining) outbox.Flush();
            draining.Clear();
        }
    }

    private bool Take()
    {
        lock (gate)
        {
            if (touched.Count == 0) return scheduled = false;
            (touched, draining) = (draining, touched);
            return true;
        }
    }
}
