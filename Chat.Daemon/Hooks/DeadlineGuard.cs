namespace Chat.Daemon.Hooks;

/// <summary>
/// Bypasses a filter that misses its deadline time and again, so that it does not slow every message down. After a rest one call probes
/// it, unless a call that missed still runs: code that hangs must not take a thread a minute. Safe from any thread.
/// </summary>
internal sealed class DeadlineGuard(TimeProvider time)
{
    private const int MostMisses = 5;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1), Rest = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new(); // guards all below
    private readonly Queue<long> misses = new(MostMisses);
    private long bypassedAt;
    private readonly List<Task> cancelled = []; // calls that may still run
    private bool isBypassed, isProbed;

    public bool IsBypassed
    {
        get
        {
            lock (gate) return isBypassed;
        }
    }

    /// <summary>Whether to call it; every call that is let through is reported by one of the methods below.</summary>
    public bool MayCall()
    {
        lock (gate)
        {
            if (!isBypassed) return true;
            if (isProbed || Hangs() || time.GetElapsedTime(bypassedAt) < Rest) return false;
            return isProbed = true;
        }
    }

    /// <returns>Whether the filter is in force again, after it was bypassed.</returns>
    public bool Answered()
    {
        lock (gate)
        {
            if (!isProbed) return false;
            misses.Clear();
            isBypassed = isProbed = false;
            return true;
        }
    }

    /// <summary>The call says nothing of the filter: nobody waited for its end.</summary>
    public void Abandoned(Task running)
    {
        lock (gate)
        {
            isProbed = false;
            Watch(running);
        }
    }

    /// <returns>Whether the filter is bypassed from now on.</returns>
    public bool Missed(Task running)
    {
        lock (gate)
        {
            Watch(running);
            var now = time.GetTimestamp();
            if (isBypassed)
            {
                if (isProbed) (bypassedAt, isProbed) = (now, false);
                return false;
            }
            while (misses.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) > Window) misses.Dequeue();
            misses.Enqueue(now);
            if (misses.Count < MostMisses) return false;
            (isBypassed, bypassedAt) = (true, now);
            return true;
        }
    }

    private bool Hangs()
    {
        Forget();
        return cancelled.Count > 0;
    }

    private void Watch(Task running)
    {
        Forget();
        cancelled.Add(running);
    }

    private void Forget() => cancelled.RemoveAll(static call => call.IsCompleted);
}
