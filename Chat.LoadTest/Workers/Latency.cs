using HdrHistogram;
using HdrHistogram.Utilities;

namespace Chat.LoadTest.Workers;

/// <summary>
/// A histogram of the microseconds from due to received, to three significant digits. Any thread may record; <see cref="Pack"/> makes it
/// text for another process.
/// </summary>
internal sealed class Latency
{
    private const long Longest = 24L * 3600 * 1_000_000; // the longest run
    private const int Digits = 3;

    private readonly HistogramBase histogram = new LongConcurrentHistogram(1, Longest, Digits);

    public long Count => histogram.TotalCount;

    public bool IsEmpty => Count == 0;

    public double Largest => Milliseconds(IsEmpty ? 0 : histogram.GetMaxValue());

    public void Record(long microseconds) => histogram.RecordValue(Math.Clamp(microseconds, 1, Longest));

    /// <summary>In milliseconds.</summary>
    public double At(double percentile) => Milliseconds(histogram.GetValueAtPercentile(percentile));

    public void Add(string packed)
    {
        var bytes = Convert.FromBase64String(packed);
        histogram.Add(HistogramEncoding.DecodeFromCompressedByteBuffer(ByteBuffer.Allocate(bytes), 1));
    }

    public string Pack()
    {
        var buffer = ByteBuffer.Allocate(histogram.GetNeededByteBufferCapacity());
        var length = histogram.EncodeIntoCompressedByteBuffer(buffer);
        var bytes = new byte[length];
        buffer.Position = 0;
        for (var i = 0; i < length; i++) bytes[i] = buffer.Get();
        return Convert.ToBase64String(bytes);
    }

    private static double Milliseconds(long microseconds) => microseconds / 1000.0;
}
