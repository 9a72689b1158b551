using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Chat.LoadTest.Workers;

/// <summary>Writes marks into texts and finds them in frames without parsing: a mark is ASCII that JSON never escapes.</summary>
internal sealed class Payload(string run, int bytes)
{
    private static readonly byte[] MessageHead = "{\"type\":\"message\","u8.ToArray();

    private readonly string head = $"load:{run}:";
    private readonly byte[] prefix = Encoding.ASCII.GetBytes($"\"text\":\"load:{run}:");

    public string TextOf(MessageMark mark) =>
        string.Create(CultureInfo.InvariantCulture, $"{head}{mark.Sender}:{mark.Counter}:{mark.Due}:").PadRight(bytes, '.');

    /// <summary>Whether the line is a <c>message</c> frame. The daemon writes the type first.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> line) => line.StartsWith(MessageHead);

    /// <summary>False for a message that is not of this run.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, out MessageMark mark)
    {
        mark = default;
        var at = line.IndexOf(prefix);
        if (at < 0) return false;
        var rest = line[(at + prefix.Length)..];
        if (!TryTake(ref rest, out var sender)) return false;
        if (!TryTake(ref rest, out var counter)) return false;
        if (!TryTake(ref rest, out var due)) return false;
        mark = new((int)sender, (int)counter, due);
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, out long number)
    {
        if (!Utf8Parser.TryParse(rest, out number, out var used) || used == rest.Length || rest[used] != (byte)':') return false;
        rest = rest[(used + 1)..];
        return true;
    }
}
