namespace Chat.Daemon.Transport;

/// <summary>
/// The outboxes touched since the last drain, each once. One work item flushes them all, so that everything that arrives for a connection
/// meanwhile leaves in one write. Safe from any thread.
/// </summary>
internal sealed class DrainList : IThreadPoolWorkItem
{
    /// <summary>Guards the list and the flag. Taken last: nothing is called while it is held.</summary>
    private readonly Lock gate = new();
    private List<Outbox> touched = [];
    private List<Outbox> draining = [];
    private bool isScheduled;

    public void Add(Outbox outbox)
    {
        lock (gate)
        {
            touched.Add(outbox);
            if (isScheduled) return;
            isScheduled = true;
        }
        // The global queue: waiting reads run first, and their deliveries coalesce.
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
            if (touched.Count == 0) return isScheduled = false;
            (touched, draining) = (draining, touched);
            return true;
        }
    }
}
