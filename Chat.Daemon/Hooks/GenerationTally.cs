namespace Chat.Daemon.Hooks;

/// <summary>Counts the invocations of one generation of a plugin. Safe from any thread.</summary>
internal sealed class GenerationTally
{
    private long invocations, failures, ticks;

    public long Invocations => Interlocked.Read(ref invocations);

    /// <summary>
    /// Methods that threw, returned an invalid result, or missed their deadline, and hosted services that ended with an exception.
    /// </summary>
    public long Failures => Interlocked.Read(ref failures);

    public TimeSpan TotalTime => TimeSpan.FromTicks(Interlocked.Read(ref ticks));

    /// <summary>Code failed that nobody invoked.</summary>
    public void Failed() => Interlocked.Increment(ref failures);

    /// <summary>Called when the caller has its answer, even if the method still runs.</summary>
    public void Invoked(TimeSpan took, bool failed)
    {
        Interlocked.Increment(ref invocations);
        Interlocked.Add(ref ticks, took.Ticks);
        if (failed) Interlocked.Increment(ref failures);
    }
}
