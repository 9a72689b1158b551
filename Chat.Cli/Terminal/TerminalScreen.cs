using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace Chat.Cli.Terminal;

/// <summary>A scrolling terminal; the line being edited stays at the bottom and is redrawn after everything printed.</summary>
internal sealed class TerminalScreen(bool isUtf8) : IScreen, IDisposable
{
    private const string PasteMarksOn = "\e[?2004h", PasteMarksOff = "\e[?2004l";

    private readonly Lock gate = new();
    private readonly Stream output = Console.OpenStandardOutput();
    private readonly KeyReader keys = new();
    private readonly InputHistory history = new();
    private readonly BottomRows bottom = new();
    private PosixSignalRegistration? resizing;
    private LineEditor? editing;
    private Func<string> prompt = () => "";
    private bool isSecret;

    public bool IsInteractive => true;

    /// <summary>Handles Tab; null before the login.</summary>
    public Func<string, int, CancellationToken, Task<Completion?>>? Completer { get; set; }

    public static TerminalScreen Open(bool isUtf8)
    {
        Console.TreatControlCAsInput = true;
        var screen = new TerminalScreen(isUtf8);
        screen.Write(PasteMarksOn);
        if (!OperatingSystem.IsWindows()) screen.resizing = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => screen.Redraw());
        return screen;
    }

    public void Print(string text) => PrintRows(Paragraph.Lay(Writable(text), Width));

    public void Print(string head, string text) => PrintRows(Paragraph.Lay(Writable(head), Writable(text), Width));

    public void ShowWaiting(IReadOnlyList<string> rows)
    {
        lock (gate) bottom.Waiting = rows;
        Redraw();
    }

    public void Redraw()
    {
        lock (gate)
        {
            if (editing is not null) Write(bottom.Erase(Width));
            Draw();
        }
    }

    public void Remember(string line)
    {
        lock (gate) history.Add(line);
    }

    public Task<TypedAhead> DiscardTypedAheadAsync(CancellationToken ct) => keys.DiscardAsync(ct);

    public Task<string?> ReadLineAsync(Func<string> prompt, string draft, CancellationToken ct) => EditAsync(prompt, draft, false, ct);

    public Task<string?> ReadSecretAsync(string prompt, CancellationToken ct) => EditAsync(() => prompt, "", true, ct);

    public void Dispose()
    {
        resizing?.Dispose();
        Write(PasteMarksOff);
        output.Dispose();
        Console.TreatControlCAsInput = false;
    }

    private async Task<string?> EditAsync(Func<string> show, string draft, bool secret, CancellationToken ct)
    {
        var editor = new LineEditor(secret ? new InputHistory() : history);
        editor.Buffer.Set(draft);
        lock (gate)
        {
            history.Leave();
            (editing, prompt, isSecret) = (editor, show, secret);
            Draw();
        }
        try
        {
            while (true)
            {
                var result = await PressAsync(editor, await keys.NextAsync(ct), ct);
                if (result is EditResult.Entered) return editor.Buffer.Text;
                if (result is EditResult.Left) return null;
            }
        }
        catch (ChannelClosedException)
        {
            return null;
        }
        finally
        {
            EndEditing();
        }
    }

    private async Task<EditResult> PressAsync(LineEditor editor, Key key, CancellationToken ct)
    {
        EditResult result;
        lock (gate) result = editor.Press(key);
        if (result is EditResult.Complete && !isSecret && Completer is { } ask) await CompleteAsync(editor, ask, ct);
        lock (gate)
        {
            if (result is EditResult.Entered or EditResult.Left) return result;
            Write(bottom.Erase(Width) + (result is EditResult.Clear ? "\e[H\e[2J" : ""));
            Draw();
        }
        return result;
    }

    private async Task CompleteAsync(LineEditor editor, Func<string, int, CancellationToken, Task<Completion?>> ask, CancellationToken ct)
    {
        var text = editor.Buffer.Text;
        if (await ask(text, editor.Buffer.Cursor, ct) is not { } completion) return;
        lock (gate)
            if (completion.Text is { } becomes) editor.Buffer.Replace(completion.From, completion.Length, becomes);
        if (completion.Choices.Count > 0) Print(string.Join("  ", completion.Choices));
    }

    /// <summary>Erases the line; it comes back from the daemon as a message.</summary>
    private void EndEditing()
    {
        lock (gate)
        {
            Write(bottom.Erase(Width));
            editing = null;
        }
    }

    private void Draw()
    {
        if (editing is not { } editor) return;
        var (text, cursor) = isSecret ? ("", 0) : (editor.Buffer.Text, editor.Buffer.Cursor);
        Write(bottom.Draw(prompt(), text, cursor, Width));
    }

    private void PrintRows(string rows)
    {
        lock (gate)
        {
            Write((editing is null ? "" : bottom.Erase(Width)) + rows);
            Draw();
        }
    }

    private static int Width => Console.WindowWidth is > 0 and var width ? width : 80;

    private void Write(string text)
    {
        output.Write(Encoding.UTF8.GetBytes(Writable(text)));
        output.Flush();
    }

    private string Writable(string text) => isUtf8 ? text : AsciiText.Fold(text);
}
