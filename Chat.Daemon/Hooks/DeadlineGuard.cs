namespace Chat.Daemon.Hooks;

/// <summary>
/// Bypasses a filter that keeps missing its deadline, so that it does not slow every message down. After a rest one call probes the filter,
/// unless an earlier call still runs: code that hangs must not take another thread every minute. Safe from any thread.
/// </summary>
internal sealed class DeadlineGuard(TimeProvider time)
{
    private const int MostMisses = 5;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1), Rest = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new(); // guards all below
    private readonly Queue<long> misses = new(MostMisses);
    private readonly AbandonedCalls abandoned = new();
    private long bypassedAt;
    private bool isBypassed, isProbed;

    public bool IsBypassed
    {
        get
        {
            lock (gate) return isBypassed;
        }
    }

    /// <summary>Whether to call the filter. Report each call that is allowed with one of the methods below.</summary>
    public bool MayCall()
    {
        lock (gate)
        {
            if (!isBypassed) return true;
            if (isProbed || abandoned.Count > 0 || time.GetElapsedTime(bypassedAt) < Rest) return false;
            return isProbed = true;
        }
    }

    /// <returns>Whether this ends a bypass.</returns>
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

    /// <summary>The caller quit before the deadline, so the call says nothing about the filter.</summary>
    public void Abandoned(Task running)
    {
        abandoned.Add(running);
        lock (gate) isProbed = false;
    }

    /// <returns>Whether this starts a bypass.</returns>
    public bool Missed(Task running)
    {
        abandoned.Add(running);
        lock (gate)
        {
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
}
