using System.Text;
using System.Threading.Channels;

namespace Chat.Cli.Terminal;

/// <summary>Reads keys on a thread of its own: the console offers no other way to wait for one.</summary>
internal sealed class KeyReader
{
    private const string PasteBegins = "[200~", PasteEnds = "[201~";

    private readonly Channel<Key> keys = Channel.CreateBounded<Key>(256);

    public KeyReader() => new Thread(ReadAll) { IsBackground = true, Name = "keys" }.Start();

    /// <exception cref="ChannelClosedException">The terminal is gone.</exception>
    public ValueTask<Key> NextAsync(CancellationToken ct) => keys.Reader.ReadAsync(ct);

    private void ReadAll()
    {
        try
        {
            while (true)
            {
                var key = Console.ReadKey(intercept: true);
                var text = IsEscape(key) ? TakeSequence() : null;
                if (text == PasteBegins) Put(new Key(default, default, TakePaste(), IsPaste: true));
                else if (text is null) Put(new Key(key.Key, key.Modifiers, TextOf(key)));
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            keys.Writer.TryComplete(e);
        }
    }

    private void Put(Key key)
    {
        while (!keys.Writer.TryWrite(key))
            keys.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult(); // this thread has nothing else to do
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
