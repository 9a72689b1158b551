using System.Buffers;
using System.Text;
using Chat.Protocol;

namespace Fuzz.Targets;

/// <summary>What several targets need.</summary>
internal static class Pieces
{
    private static readonly Encoding Utf16 = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: false);

    /// <summary>Lossy UTF-8; after a zero byte UTF-16, which may have lone surrogates.</summary>
    public static string TextOf(ReadOnlySpan<byte> input)
    {
        if (input is not [0, .. var units]) return Encoding.UTF8.GetString(input);
        var text = new char[units.Length / 2];
        for (var i = 0; i < text.Length; i++) text[i] = (char)(units[2 * i] | (units[(2 * i) + 1] << 8));
        return new(text);
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>As <see cref="TextOf"/> reads it.</summary>
    public static byte[] LoneUnits(string text) => [0, .. Utf16.GetBytes(text)];

    public static ReadOnlySequence<byte> Sequence(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>In several segments, some of them empty, as a pipe may deliver it.</summary>
    public static ReadOnlySequence<byte> Segmented(IReadOnlyList<byte[]> parts)
    {
        if (parts.Count == 0) return ReadOnlySequence<byte>.Empty;
        var first = new Segment(parts[0], null);
        var last = first;
        foreach (var part in parts.Skip(1)) last = new Segment(part, last);
        return new(first, 0, last, last.Memory.Length);
    }

    public static string LineOf(ClientFrame frame)
    {
        var bytes = new ArrayBufferWriter<byte>();
        FrameWriter.Write(bytes, frame);
        return Encoding.UTF8.GetString(bytes.WrittenSpan[..^1]);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? before)
        {
            Memory = bytes;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
