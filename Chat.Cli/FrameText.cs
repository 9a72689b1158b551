using System.Buffers;
using System.Text;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Frames as lines of JSON that do a terminal no harm.</summary>
internal static class FrameText
{
    public static string Of(DaemonFrame frame)
    {
        var line = new ArrayBufferWriter<byte>();
        FrameWriter.Write(line, frame);
        return Escaped(Encoding.UTF8.GetString(line.WrittenSpan[..^1]));
    }

    /// <summary>The protocol leaves these characters as they are, but they control a terminal. They are always in a string.</summary>
    private static string Escaped(string json) => json.AsSpan().IndexOfAnyInRange('\u007F', '\u009F') < 0 ? json
        : string.Concat(json.Select(c => c is >= '\u007F' and <= '\u009F' ? $"\\u{(int)c:x4}" : c.ToString()));
}
