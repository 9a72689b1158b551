namespace Chat.Daemon.Hooks;

/// <summary>What plugins do between calls, so that a test can wait until it is done. Safe from any thread.</summary>
internal sealed class PluginActivity
{
    private long running, turns;
    private int loops, waiting;

    /// <summary>Scheduled work and jobs that run, or are about to.</summary>
    public long Running => Interlocked.Read(ref running);

    /// <summary>Rises when something ends, and when a timer of a plugin's own is set, or fires.</summary>
    public long Turns => Interlocked.Read(ref turns);

    /// <summary>
    /// Whether a timer of a plugin's own has fired and none has been set since: perhaps its loop is on its way to the next one.
    /// </summary>
    public bool HasOpenLoops => Volatile.Read(ref loops) > 0;

    /// <summary>Whether a timer of a plugin's own is set and has not fired.</summary>
    public bool HasTimers => Volatile.Read(ref waiting) > 0;

    public void Begin() => Interlocked.Increment(ref running);

    public void End()
    {
        Interlocked.Increment(ref turns);
        Interlocked.Decrement(ref running);
    }

    /// <summary>A timer of a plugin's own is set.</summary>
    public void TimerSet()
    {
        Interlocked.Increment(ref turns);
        for (var open = Volatile.Read(ref loops); open > 0; open = Volatile.Read(ref loops))
            if (Interlocked.CompareExchange(ref loops, open - 1, open) == open) return;
    }

    /// <summary>A timer of a plugin's own fires, about to run its code.</summary>
    /// <param name="repeats">It needs not be set again.</param>
    public void TimerFired(bool repeats)
    {
        Interlocked.Increment(ref turns);
        if (!repeats) Interlocked.Increment(ref loops);
    }

    /// <summary>One more timer waits, or one less.</summary>
    public void TimerWaits(bool more) => Interlocked.Add(ref waiting, more ? 1 : -1);

    /// <summary>Those that fired are not set again.</summary>
    public void ForgetLoops() => Volatile.Write(ref loops, 0);
}
