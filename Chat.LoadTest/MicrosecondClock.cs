namespace Chat.LoadTest;

/// <summary>Microseconds of a monotonic clock that all workers share, so that their times can be subtracted.</summary>
/// <param name="ahead">How far the coordinator's clock is ahead of this machine's; 0 on the same machine.</param>
internal sealed class MicrosecondClock(TimeProvider time, long ahead = 0)
{
    private long ahead = ahead;
    private readonly long ticksPerMicrosecond = time.TimestampFrequency / 1_000_000;

    public TimeProvider Time => time;

    public long Now => OfThisMachine + Volatile.Read(ref ahead);

    /// <summary>The same, on this machine's own clock.</summary>
    public long OfThisMachine => time.GetTimestamp() / ticksPerMicrosecond;

    /// <summary>Any thread may call it.</summary>
    public void Set(long value) => Volatile.Write(ref ahead, value);

    /// <summary>Returns at that moment, at once if it is past.</summary>
    public Task UntilAsync(long moment, CancellationToken cancellation) =>
        moment - Now is var wait and > 0 ? Task.Delay(TimeSpan.FromMicroseconds(wait), time, cancellation) : Task.CompletedTask;
}
