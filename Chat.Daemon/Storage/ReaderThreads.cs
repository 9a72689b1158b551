namespace Chat.Daemon.Storage;

/// <summary>
/// Threads that wait for the server, so that those of the pool need not. Each is started when there is work and none is idle. Safe from any
/// thread.
/// </summary>
internal sealed class ReaderThreads : IDisposable
{
    private readonly Queue<Action> queue = new(); // also the lock
    private int idle; // guarded by the queue
    private bool closed; // guarded by the queue

    /// <summary>The caller goes on on the pool.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (queue)
        {
            queue.Enqueue(() => Run(work, done));
            if (queue.Count > idle) new Thread(Run) { Name = "database reader", IsBackground = true }.Start();
            else Monitor.Pulse(queue);
        }
        return done.Task;
    }

    /// <summary>Ends the threads once they have nothing to do.</summary>
    public void Dispose()
    {
        lock (queue)
        {
            closed = true;
            Monitor.PulseAll(queue);
        }
    }

    private static void Run<T>(Func<T> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(work());
        }
        catch (Exception e) // the caller gets it, whatever it is
        {
            done.SetException(e);
        }
    }

    private void Run()
    {
        while (Take() is { } work) work();
    }

    private Action? Take()
    {
        lock (queue)
        {
            idle++;
            while (queue.Count == 0 && !closed) Monitor.Wait(queue);
            idle--;
            return queue.TryDequeue(out var work) ? work : null;
        }
    }
}
