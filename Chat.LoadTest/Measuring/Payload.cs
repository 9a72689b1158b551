using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Chat.LoadTest.Measuring;

/// <summary>Writes marks into texts and finds them in lines without parsing: a mark is ASCII that JSON never escapes.</summary>
internal sealed class Payload(string tag, int bytes)
{
    private readonly string head = $"load:{tag}:";
    private readonly byte[] prefix = Encoding.ASCII.GetBytes($"load:{tag}:");

    public string TextOf(MessageMark mark) => string.Create(
        CultureInfo.InvariantCulture, $"{head}{mark.Sender}:{mark.Counter}:{mark.Due}:{mark.Written - mark.Due}:").PadRight(bytes, '.');

    /// <summary>False for a line without a mark of this scenario.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, out MessageMark mark)
    {
        mark = default;
        var at = line.IndexOf(prefix);
        if (at < 0) return false;
        var rest = line[(at + prefix.Length)..];
        if (!TryTake(ref rest, out var sender) || !TryTake(ref rest, out var counter)) return false;
        if (!TryTake(ref rest, out var due) || !TryTake(ref rest, out var late)) return false;
        mark = new((int)sender, (int)counter, due, due + late);
        return sender is >= 0 and <= int.MaxValue && counter is > 0 and <= int.MaxValue;
    }

    public bool TryRead(string text, out MessageMark mark) => TryRead(Encoding.UTF8.GetBytes(text), out mark);

    private static bool TryTake(ref ReadOnlySpan<byte> rest, out long number)
    {
        if (!Utf8Parser.TryParse(rest, out number, out var used) || used == rest.Length || rest[used] != (byte)':') return false;
        rest = rest[(used + 1)..];
        return true;
    }
}
