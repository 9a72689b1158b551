using System.Buffers;

namespace Chat.Protocol;

/// <summary>Splits received bytes into lines that end with LF or CRLF. Not thread-safe; use one for each connection.</summary>
/// <param name="maxBytes">Longest line, without its line break.</param>
public sealed class LineReader(int maxBytes)
{
    private bool skipping;
    private long scanned;

    /// <summary>Removes one line from <paramref name="buffer"/>. Pass the rest again, followed by the bytes that arrive next.</summary>
    public LineStatus TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        line = default;
        while (FindEnd(buffer) is { } end)
        {
            var found = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            scanned = 0;
            if (skipping)
            {
                skipping = false;
                continue;
            }
            line = TrimReturn(found);
            return line.Length > maxBytes ? LineStatus.TooLong : LineStatus.Line;
        }
        if (skipping || buffer.Length > maxBytes + 1) // one more byte may be the CR of a CRLF
        {
            var first = !skipping;
            skipping = true;
            scanned = 0;
            buffer = buffer.Slice(buffer.End);
            return first ? LineStatus.TooLong : LineStatus.None;
        }
        scanned = buffer.Length;
        return LineStatus.None;
    }

    /// <summary>After the end of the stream: the last line, if it has no line break.</summary>
    public LineStatus ReadLast(in ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        line = TrimReturn(buffer);
        if (skipping || buffer.IsEmpty) return LineStatus.None;
        return line.Length > maxBytes ? LineStatus.TooLong : LineStatus.Line;
    }

    private SequencePosition? FindEnd(in ReadOnlySequence<byte> buffer) =>
        buffer.Length == scanned ? null : buffer.Slice(scanned).PositionOf((byte)'\n');

    private static ReadOnlySequence<byte> TrimReturn(in ReadOnlySequence<byte> line)
    {
        if (line.IsEmpty) return line;
        var withoutLast = line.Slice(0, line.Length - 1);
        var endsInReturn = line.Slice(withoutLast.End).PositionOf((byte)'\r') is not null; // the first segment may be empty
        return endsInReturn ? withoutLast : line;
    }
}
