using Chat.Cli.Terminal;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>Lays out what is printed as the terminal does, and refuses whatever would control it.</summary>
internal sealed class CheckedScreen(int width, bool isUtf8) : IScreen
{
    private readonly BottomRows bottom = new();

    public bool IsInteractive => true;

    public void Print(string text) => Check(Paragraph.Lay(Writable(text), width));

    public void Print(string head, string text)
    {
        var rows = Paragraph.Lay(Writable(head), Writable(text), width);
        Check(rows);
        ThrowUnless(rows.Split("\r\n")[1..^1].All(row => row.Length == 0 || row[0] == ' '), "A message's other rows are indented");
    }

    public void ShowWaiting(IReadOnlyList<string> rows) => bottom.Waiting = rows;

    public void Redraw() => Draw("> ", "");

    public void Clear()
    {
    }

    /// <summary>One sequence, that nothing in the text ends early.</summary>
    public void Notify(NotifyBy by, string title, string text)
    {
        foreach (var sequence in (string[])[Notification.Sequence(NotifyBy.Osc9, title, text),
            Notification.Sequence(NotifyBy.Osc777, title, text)])
        {
            Check(sequence[1..^1]);
        }
    }

    public void Remember(string line)
    {
    }

    public Task<TypedAhead> DiscardTypedAheadAsync(CancellationToken ct) => Task.FromResult(TypedAhead.Nothing);

    /// <summary>The user types nothing.</summary>
    public Task<string?> ReadLineAsync(Func<string> prompt, string draft, CancellationToken ct)
    {
        Draw(prompt(), draft);
        return Task.FromResult<string?>(null);
    }

    public Task<string?> ReadSecretAsync(string prompt, CancellationToken ct) => Task.FromResult<string?>(null);

    public void Draw(string prompt, string text)
    {
        lock (bottom)
        {
            bottom.Erase();
            // The terminal's own sequences move the cursor along the row.
            Check(bottom.Draw(prompt, text, text.Length, width).Split('\r')[0]);
        }
    }

    private static void Check(string written)
    {
        var rows = written.Replace("\r\n", "", StringComparison.Ordinal);
        ThrowUnless(!rows.Any(char.IsControl), $"Nothing controls the terminal: {Convert.ToHexString(Pieces.Utf8(rows))}");
        ThrowUnless(!rows.Any(c => c is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069')),
            "Nothing changes the writing direction");
    }

    private string Writable(string text) => isUtf8 ? text : AsciiText.Fold(text);
}
