namespace Fuzz;

/// <summary>Runs one input and tells what is wrong: an exception, a broken promise, or a price too high for its length.</summary>
/// <param name="measuresTime">For runs by hand: CPU time depends on the machine.</param>
internal sealed class Judge(IFuzzTarget target, bool measuresTime)
{
    /// <summary>Bytes that any input may allocate, and more for each of its bytes. The measured targets stay far below.</summary>
    private const long AllocatedAtMost = 16 << 20, AllocatedForEachByte = 2_000;

    private static readonly TimeSpan CpuForEachPage = TimeSpan.FromMilliseconds(250);
    private const int PageBytes = 16_384;

    /// <summary>Attempts before an input counts as slow: the compiler or the collector may have disturbed one.</summary>
    private const int Attempts = 4;

    /// <summary>Null if nothing is wrong.</summary>
    public Finding? Try(ReadOnlySpan<byte> input)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var began = measuresTime ? ThreadClock.Elapsed : default;
        try
        {
            target.Run(input);
        }
        catch (Exception e)
        {
            return Finding.Of(e);
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (allocated > AllocatedAtMost + (input.Length * AllocatedForEachByte))
            return new("allocates too much", $"{allocated} bytes for an input of {input.Length}");
        return measuresTime && ThreadClock.Elapsed - began > Allowed(input) ? IfSlow(input) : null;
    }

    private Finding? IfSlow(ReadOnlySpan<byte> input)
    {
        var least = TimeSpan.MaxValue;
        for (var attempt = 1; attempt < Attempts; attempt++)
        {
            var began = ThreadClock.Elapsed;
            target.Run(input);
            var took = ThreadClock.Elapsed - began;
            if (took < least) least = took;
        }
        return least > Allowed(input) ? new("is slow", $"{least.TotalMilliseconds:0} ms of CPU for an input of {input.Length}") : null;
    }

    private static TimeSpan Allowed(ReadOnlySpan<byte> input) => CpuForEachPage * (1 + (input.Length / PageBytes));
}
