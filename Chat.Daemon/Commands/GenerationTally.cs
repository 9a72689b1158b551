namespace Chat.Daemon.Commands;

/// <summary>What one generation of a plugin has done so far. Safe from any thread.</summary>
internal sealed class GenerationTally
{
    private long invocations, failures, ticks;

    public long Invocations => Interlocked.Read(ref invocations);

    /// <summary>Methods that threw, returned what is no result, or missed their deadline.</summary>
    public long Failures => Interlocked.Read(ref failures);

    public TimeSpan TotalTime => TimeSpan.FromTicks(Interlocked.Read(ref ticks));

    /// <summary>A method was answered for, whether or not it has really ended.</summary>
    public void Invoked(TimeSpan took, bool failed)
    {
        Interlocked.Increment(ref invocations);
        Interlocked.Add(ref ticks, took.Ticks);
        if (failed) Interlocked.Increment(ref failures);
    }
}
