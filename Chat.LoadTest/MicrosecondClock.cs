namespace Chat.LoadTest;

/// <summary>Microseconds of the machine's monotonic clock. All processes read the same clock, so their times can be subtracted.</summary>
internal sealed class MicrosecondClock(TimeProvider time)
{
    private readonly long ticksPerMicrosecond = time.TimestampFrequency / 1_000_000;

    public long Now => time.GetTimestamp() / ticksPerMicrosecond;
}
