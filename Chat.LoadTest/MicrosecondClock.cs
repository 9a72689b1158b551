namespace Chat.LoadTest;

/// <summary>Microseconds of the machine's monotonic clock: the same in every process, so that one may subtract what another has written.</summary>
internal sealed class MicrosecondClock(TimeProvider time)
{
    private readonly long perMicrosecond = time.TimestampFrequency / 1_000_000;

    public long Now => time.GetTimestamp() / perMicrosecond;
}
