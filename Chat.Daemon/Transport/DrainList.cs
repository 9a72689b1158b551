namespace Chat.Daemon.Transport;

/// <summary>
/// The outboxes touched since the last drain, each once. They are flushed together, so that everything that arrives for a connection
/// meanwhile leaves in one write. Safe from any thread.
/// </summary>
/// <param name="wake">Makes a thread call <see cref="Drain"/> soon; null for the thread pool.</param>
internal sealed class DrainList(Action? wake = null) : IThreadPoolWorkItem
{
    /// <summary>Guards the list and the flag. Taken last: nothing is called while it is held.</summary>
    private readonly Lock gate = new();
    private List<Outbox> touched = [];
    private List<Outbox> draining = [];
    private volatile bool isScheduled;

    public bool IsEmpty => !isScheduled;

    public void Add(Outbox outbox)
    {
        lock (gate)
        {
            touched.Add(outbox);
            if (isScheduled) return;
            isScheduled = true;
        }
        if (wake is not null) wake();
        // The global queue: waiting reads run first, and their deliveries coalesce.
        else ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Flushes what has been touched until now. One caller at a time.</summary>
    /// <returns>Whether more has been touched meanwhile.</returns>
    public bool Drain()
    {
        lock (gate) (touched, draining) = (draining, touched);
        foreach (var outbox in draining) outbox.Flush();
        draining.Clear();
        lock (gate) return isScheduled = touched.Count > 0;
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (Drain()) continue;
    }
}
