namespace Chat.Daemon.Hooks;

/// <summary>
/// Plugin code may block the pool threads that it runs on. The pool replaces such threads one by one, half a second apart: meanwhile
/// nobody's message moves. So a thread of its own watches the pool while plugin code runs. If work waits and none is done, it lets the pool
/// start as many threads more as calls run. For the whole process, as the pool is. Safe from any thread.
/// </summary>
internal static class PoolReserve
{
    /// <summary>How long the pool may stand still. A busy one does thousands of things in this time.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    /// <summary>Threads are memory.</summary>
    private const int Most = CallGate.MostRunning;

    private static readonly AutoResetEvent Begun = new(false), Never = new(false);
    private static int running;
    private static bool isIdle;

    static PoolReserve() => new Thread(Watch) { IsBackground = true, Name = "Plugin calls" }.Start();

    public static void Enter()
    {
        if (Interlocked.Increment(ref running) == 1 && Volatile.Read(ref isIdle)) Begun.Set();
    }

    public static void Leave() => Interlocked.Decrement(ref running);

    private static void Watch()
    {
        ThreadPool.GetMinThreads(out var usual, out var completionPorts);
        var (reserved, done) = (0, 0L);
        while (true)
        {
            if (reserved == 0) WaitForCall();
            Never.WaitOne(Tick);
            var (calls, doneBefore) = (Math.Min(Volatile.Read(ref running), Most), done);
            done = ThreadPool.CompletedWorkItemCount;
            var isStill = done == doneBefore && ThreadPool.PendingWorkItemCount > 0;
            var wanted = isStill ? calls : Math.Min(reserved, calls);
            if (wanted != reserved) ThreadPool.SetMinThreads(usual + wanted, completionPorts);
            reserved = wanted;
        }
    }

    private static void WaitForCall()
    {
        Interlocked.Exchange(ref isIdle, true); // before the look at the count: either side sees the other
        if (Volatile.Read(ref running) == 0) Begun.WaitOne();
        isIdle = false;
    }
}
