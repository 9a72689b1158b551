using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Chat.LoadTest.Measuring;
using HdrHistogram;

namespace Chat.LoadTest.Reports;

/// <summary>
/// The latencies of one metric as HdrHistogram's log, an interval a line: its readers join, cut and draw them. Values are nanoseconds
/// there, and the greatest of each interval milliseconds.
/// </summary>
internal sealed class HistogramLog
{
    /// <summary>Begins a compressed histogram of the second version.</summary>
    private const int Cookie = 0x1c849314;
    private const long Nanoseconds = 1_000;

    [ThreadStatic]
    private static LongHistogram? scratch;

    private readonly StringBuilder lines = new();

    /// <param name="start">Seconds since the end of the warm-up.</param>
    public void Add(double start, double seconds, Latency latency) => lines.Append(
        CultureInfo.InvariantCulture, $"{start:0.000},{seconds:0.000},{latency.Largest:0.000},{Compressed(latency)}\n");

    /// <param name="start">The end of the warm-up.</param>
    public string ToText(DateTimeOffset start)
    {
        var epoch = start.ToUnixTimeMilliseconds() / 1000.0;
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"#[Histogram log format version 1.3]\n#[StartTime: {epoch:0.000} (seconds since epoch), {start:R}]\n");
        return head + "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n" + lines;
    }

    private static string Compressed(Latency latency)
    {
        var histogram = scratch ??= new(1, Latency.Longest * Nanoseconds, Latency.Digits);
        histogram.Reset();
        foreach (var step in latency.Histogram.RecordedValues())
            histogram.RecordValueWithCount(step.ValueIteratedTo * Nanoseconds, step.CountAddedInThisIterationStep);
        using var packed = new MemoryStream();
        packed.Write(stackalloc byte[8]);
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(Latency.Encode(histogram));
        var bytes = packed.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, Cookie);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), bytes.Length - 8);
        return Convert.ToBase64String(bytes);
    }
}
