using System.Buffers;

namespace Chat.Protocol;

/// <summary>What <see cref="LineReader"/> found at the head of the buffer.</summary>
public enum LineStatus
{
    /// <summary>No whole line yet.</summary>
    None,

    /// <summary>A line, without its end.</summary>
    Line,

    /// <summary>A line over the limit has begun. Reported once; its rest is skipped.</summary>
    TooLong,
}

/// <summary>Cuts lines ended by LF or CRLF from what has arrived. Not thread-safe; one for each connection.</summary>
/// <param name="maxBytes">Longest line, without its end.</param>
public sealed class LineReader(int maxBytes)
{
    private bool skipping;
    private long scanned;

    /// <summary>Takes one line from the front of <paramref name="buffer"/>. What remains of the buffer must be passed again, with more behind it.</summary>
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

    /// <summary>What is left when the peer has ended its side: a last line without its end, or nothing.</summary>
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
        var endsInReturn = line.Slice(withoutLast.End).PositionOf((byte)'\r') is not null; // its first segment may be an empty one
        return endsInReturn ? withoutLast : line;
    }
}
