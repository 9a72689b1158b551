namespace Chat.Daemon.Hooks;

/// <summary>
/// Plugin code may block the pool thread that it runs on. The pool replaces such threads one by one, half a second apart: meanwhile
/// nobody's message moves. So a thread of its own watches the calls, and lets the pool start one thread more for each that takes long. For
/// the whole process, as the pool is. Safe from any thread.
/// </summary>
internal static class PoolReserve
{
    /// <summary>A call that ends sooner needs no thread more, which would only compete for the cores.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    /// <summary>Calls that wait without a thread look the same, and there may be many.</summary>
    private const int Most = 64;

    private static readonly AutoResetEvent Begun = new(false);
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
        for (int before = 0, reserved = 0; ;)
        {
            if (before + reserved == 0) WaitForCall();
            Thread.Sleep(Tick);
            var now = Volatile.Read(ref running);
            var slow = Math.Min(Math.Min(before, now), Most);
            if (slow != reserved) ThreadPool.SetMinThreads(usual + slow, completionPorts);
            (before, reserved) = (now, slow);
        }
    }

    private static void WaitForCall()
    {
        Interlocked.Exchange(ref isIdle, true); // before the look at the count: either side sees the other
        if (Volatile.Read(ref running) == 0) Begun.WaitOne();
        isIdle = false;
    }
}
