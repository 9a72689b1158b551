using System.Buffers;
using System.Text;

namespace Chat.Protocol.Tests;

/// <summary>Converts between strings and frames.</summary>
internal static class Wire
{
    public static FrameResult<ClientFrame> Client(string line) => FrameReader.ReadClient(Sequence(line));

    public static FrameResult<DaemonFrame> Daemon(string line) => FrameReader.ReadDaemon(Sequence(line));

    public static ReadOnlySequence<byte> Sequence(string line) => new(Encoding.UTF8.GetBytes(line));

    /// <summary>The line that a frame becomes, without its LF.</summary>
    public static string Line(DaemonFrame frame)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.Write(output, frame);
        return WithoutEnd(output);
    }

    /// <inheritdoc cref="Line(DaemonFrame)"/>
    public static string Line(ClientFrame frame)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.Write(output, frame);
        return WithoutEnd(output);
    }

    /// <summary>One sequence made of a segment for each part.</summary>
    public static ReadOnlySequence<byte> Segmented(params IEnumerable<byte[]> parts)
    {
        Segment? first = null, last = null;
        foreach (var part in parts)
        {
            last = new Segment(part, last);
            first ??= last;
        }
        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    private static string WithoutEnd(ArrayBufferWriter<byte> output)
    {
        Assert.AreEqual((byte)'\n', output.WrittenSpan[^1]);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output.WrittenSpan[..^1]);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] part, Segment? before)
        {
            Memory = part;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
