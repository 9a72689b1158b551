using HdrHistogram;
using HdrHistogram.Encoding;
using HdrHistogram.Utilities;

namespace Chat.LoadTest.Measuring;

/// <summary>
/// A histogram of microseconds to three significant digits. <see cref="Pack"/> makes it text for another process. Not thread-safe.
/// </summary>
internal sealed class Latency
{
    public const long Longest = 24L * 3600 * 1_000_000; // the longest run
    public const int Digits = 3;

    [ThreadStatic]
    private static ByteBuffer? scratch;

    private readonly LongHistogram histogram = new(1, Longest, Digits);

    public HistogramBase Histogram => histogram;

    public long Count => histogram.TotalCount;

    public bool IsEmpty => Count == 0;

    public double Largest => Milliseconds(IsEmpty ? 0 : histogram.GetMaxValue());

    public double Mean => IsEmpty ? 0 : histogram.GetMean() / 1000;

    public static Latency Of(IEnumerable<string> packed)
    {
        var all = new Latency();
        foreach (var part in packed) all.Add(part);
        return all;
    }

    public void Record(long microseconds) => histogram.RecordValue(Math.Clamp(microseconds, 1, Longest));

    /// <summary>In milliseconds.</summary>
    public double At(double percentile) => Milliseconds(histogram.GetValueAtPercentile(percentile));

    /// <exception cref="Exception">The text is not a packed histogram.</exception>
    public void Add(string packed)
    {
        var bytes = Convert.FromBase64String(packed);
        histogram.Add(HistogramEncoding.DecodeFromByteBuffer(ByteBuffer.Allocate(bytes), 1));
    }

    public void Add(Latency other) => histogram.Add(other.histogram);

    /// <summary>Not compressed: the library reads its own compressed form with one call, which may return only a part.</summary>
    public string Pack() => Convert.ToBase64String(Encode(histogram));

    /// <summary>In the second version of HdrHistogram's encoding.</summary>
    public static byte[] Encode(LongHistogram histogram)
    {
        var needed = histogram.GetNeededByteBufferCapacity();
        if (scratch is null || scratch.Capacity() < needed) scratch = ByteBuffer.Allocate(needed);
        var buffer = scratch;
        buffer.Position = 0;
        var length = histogram.Encode(buffer, HistogramEncoderV2.Instance);
        var bytes = new byte[length];
        buffer.Position = 0;
        for (var i = 0; i < length; i++) bytes[i] = buffer.Get();
        return bytes;
    }

    public void Clear() => histogram.Reset();

    private static double Milliseconds(long microseconds) => microseconds / 1000.0;
}
