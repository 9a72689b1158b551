using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Chat.LoadTest.Workers;

/// <summary>A message of this run: whose it is, its number among the sender's, and when it was to be sent.</summary>
/// <param name="Due">Of the machine's <see cref="MicrosecondClock"/>.</param>
internal readonly record struct Mark(int Sender, int Counter, long Due);

/// <summary>Writes marks into texts, and finds them in lines of the daemon. Only ASCII that JSON never escapes, so that a line need not be parsed to read its mark.</summary>
internal sealed class Payload(string run, int bytes)
{
    private static readonly byte[] MessageHead = "{\"type\":\"message\","u8.ToArray();

    private readonly string head = $"load:{run}:";
    private readonly byte[] wanted = Encoding.ASCII.GetBytes($"\"text\":\"load:{run}:");

    public string TextOf(Mark mark) =>
        string.Create(CultureInfo.InvariantCulture, $"{head}{mark.Sender}:{mark.Counter}:{mark.Due}:").PadRight(bytes, '.');

    /// <summary>Whether the line is a <c>message</c> frame: the daemon writes the type first.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> line) => line.StartsWith(MessageHead);

    /// <summary>False where the message is not of this run.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, out Mark mark)
    {
        mark = default;
        var at = line.IndexOf(wanted);
        if (at < 0) return false;
        var rest = line[(at + wanted.Length)..];
        if (!TryTake(ref rest, out var sender) || !TryTake(ref rest, out var counter) || !TryTake(ref rest, out var due)) return false;
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
