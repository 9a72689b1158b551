using System.Text;
using System.Threading.Channels;

namespace Chat.Cli.Terminal;

/// <summary>Reads keys; one thread of the pool waits at the console, which offers no other way.</summary>
internal sealed class KeyReader
{
    private const string PasteBegins = "[200~", PasteEnds = "[201~";

    private readonly Channel<Key> keys = Channel.CreateBounded<Key>(256);

    public KeyReader() => _ = Task.Run(ReadAllAsync);

    /// <exception cref="ChannelClosedException">The terminal is gone.</exception>
    public ValueTask<Key> NextAsync(CancellationToken ct) => keys.Reader.ReadAsync(ct);

    private async Task ReadAllAsync()
    {
        try
        {
            while (true)
            {
                var key = Console.ReadKey(intercept: true);
                var text = IsEscape(key) ? TakeSequence() : null;
                if (text == PasteBegins) await keys.Writer.WriteAsync(new Key(default, default, TakePaste(), IsPaste: true));
                else if (text is null) await keys.Writer.WriteAsync(new Key(key.Key, key.Modifiers, TextOf(key)));
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            keys.Writer.TryComplete(e);
        }
    }

    /// <summary>A sequence that the console does not know arrives as Escape and its letters, at once; a person is slower.</summary>
    private static bool IsEscape(ConsoleKeyInfo key) => key.Key == ConsoleKey.Escape && Console.KeyAvailable;

    private static string TakeSequence()
    {
        var sequence = new StringBuilder();
        while (Console.KeyAvailable && sequence.Length < 8)
        {
            var letter = Console.ReadKey(intercept: true).KeyChar;
            sequence.Append(letter);
            if (letter is '~' or (>= 'A' and <= 'Z')) break;
        }
        return sequence.ToString();
    }

    private static string TakePaste()
    {
        var pasted = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (IsEscape(key))
            {
                if (TakeSequence() == PasteEnds) return pasted.ToString();
                continue;
            }
            pasted.Append(key.Key == ConsoleKey.Enter ? "\n" : key.Key == ConsoleKey.Tab ? "\t" : TextOf(key));
        }
    }

    private static string TextOf(ConsoleKeyInfo key)
    {
        if (key.KeyChar == '\0' || char.IsControl(key.KeyChar)) return "";
        return char.IsHighSurrogate(key.KeyChar) ? new string([key.KeyChar, Console.ReadKey(intercept: true).KeyChar]) : key.KeyChar.ToString();
    }
}
