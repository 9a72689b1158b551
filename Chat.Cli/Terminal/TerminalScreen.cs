using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace Chat.Cli.Terminal;

/// <summary>A scrolling terminal; the line being edited stays at the bottom and is redrawn after everything printed.</summary>
internal sealed class TerminalScreen : IScreen, IDisposable
{
    private const string PasteMarksOn = "\e[?2004h", PasteMarksOff = "\e[?2004l", EraseScreen = "\e[H\e[2J";

    /// <summary>
    /// While the window is dragged, each redraw could leave a wrapped row behind, so nothing is drawn. tmux tells of a new width up to
    /// 250 ms late.
    /// </summary>
    private static readonly TimeSpan SettlesAfter = TimeSpan.FromMilliseconds(300);

    private readonly Lock gate = new();
    private readonly Stream output = Console.OpenStandardOutput();
    private readonly KeyReader keys;
    private readonly bool isUtf8;
    private readonly InputHistory history = new();
    private readonly KillRing killed = new();
    private readonly BottomRows bottom = new();
    private readonly List<Func<int, string>> held = [];
    private readonly Timer settling;
    private PosixSignalRegistration? resizing, interrupting;
    private LineEditor? editing;
    private Func<string> prompt = () => "";
    private Key before = new(default, default, "");
    private bool isSecret, isLent, isResizing;
    private int width = WindowWidth;

    /// <summary>The line that was being edited when a bound key ran its own.</summary>
    private (string Text, int Cursor)? interrupted;

    private TerminalScreen(bool isUtf8, KeyBindings bindings)
    {
        this.isUtf8 = isUtf8;
        keys = new KeyReader(bindings);
        settling = new Timer(_ => Settle());
    }

    public bool IsInteractive => true;

    /// <summary>Handles Tab; null before the login.</summary>
    public Func<string, int, CancellationToken, Task<Completion?>>? Completer { get; set; }

    /// <summary>What may follow the line, shown dimmed behind it. Must not block.</summary>
    public Func<string, string>? Hint { get; set; }

    /// <summary>Handles keys that do not edit the line. Must not block.</summary>
    public Action<EditResult>? Asked { get; set; }

    /// <summary>The prompt while an earlier line is searched.</summary>
    public Func<string, string> SearchPrompt { get; set; } = query => $"({query}) ";

    /// <summary>What to say when the editor gave no text; null before the login.</summary>
    public Func<EditorProblem, string>? EditorProblemText { get; set; }

    /// <param name="readsAtOnce">False if another program may first ask in the terminal.</param>
    public static TerminalScreen Open(bool isUtf8, KeyBindings bindings, bool readsAtOnce = true)
    {
        Console.TreatControlCAsInput = true;
        var screen = new TerminalScreen(isUtf8, bindings);
        if (readsAtOnce) screen.keys.Start();
        screen.Write(PasteMarksOn);
        if (!OperatingSystem.IsWindows()) screen.resizing = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => screen.Resize());
        // While another program has the terminal, Ctrl-C is for that one. The runtime may tell of it only after the program has ended.
        screen.interrupting = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        return screen;
    }

    public void Print(string text) => Update(columns => Paragraph.Lay(Writable(text), columns));

    public void Print(string head, string text) => Update(columns => Paragraph.Lay(Writable(head), Writable(text), columns));

    public void ShowWaiting(IReadOnlyList<string> rows)
    {
        lock (gate)
        {
            bottom.Waiting = rows;
            Update();
        }
    }

    public void Redraw() => Update();

    public void Clear() => Update(_ => EraseScreen);

    public void Notify(NotifyBy by, string title, string text)
    {
        lock (gate)
            if (!isLent) Write(Notification.Sequence(by, title, text));
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
        interrupting?.Dispose();
        lock (gate)
        {
            settling.Dispose();
            isResizing = false;
            Replace();
            Write(PasteMarksOff);
        }
        output.Dispose();
        Console.TreatControlCAsInput = false;
    }

    private async Task<string?> EditAsync(Func<string> show, string draft, bool secret, CancellationToken ct)
    {
        var editor = secret ? new LineEditor(new InputHistory()) : new LineEditor(history, killed);
        var cycle = new TabCycle();
        Begin(editor, draft, secret);
        lock (gate)
        {
            history.Leave();
            (editing, prompt, isSecret) = (editor, show, secret);
            Update();
        }
        try
        {
            while (true)
            {
                var key = await keys.NextAsync(ct);
                var result = await PressAsync(editor, cycle, key, ct);
                if (KeyReader.Stops(before, key)) keys.Resume();
                before = key;
                if (result is EditResult.Entered) return editor.Buffer.Text;
                if (result is EditResult.Bound && RunsLines)
                {
                    interrupted = (editor.Buffer.Text, editor.Buffer.Cursor);
                    return key.Command;
                }
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

    /// <summary>The line goes on as it was before a bound key. A new draft replaces it; undo brings it back.</summary>
    private void Begin(LineEditor editor, string draft, bool secret)
    {
        if (!secret && interrupted is var (text, cursor))
        {
            editor.Buffer.Set(text, cursor);
            interrupted = null;
            if (draft.Length == 0) return;
        }
        editor.Buffer.Set(draft);
    }

    private async Task<EditResult> PressAsync(LineEditor editor, TabCycle cycle, Key key, CancellationToken ct)
    {
        EditResult result;
        lock (gate) result = editor.Press(key);
        if (result is EditResult.Complete or EditResult.CompleteBack && !isSecret && Completer is { } ask)
        {
            bool isNext;
            lock (gate) isNext = cycle.TryNext(editor.Buffer, result is EditResult.CompleteBack);
            if (!isNext) await CompleteAsync(editor, cycle, ask, ct);
        }
        if (result is EditResult.OpenEditor && !isSecret) await Task.Run(() => OpenEditor(editor), ct);
        if (result is EditResult.Earlier or EditResult.ToggleNumbers or EditResult.Cancel && !isSecret) Asked?.Invoke(result);
        lock (gate)
        {
            if (result is EditResult.Entered or EditResult.Left || (result is EditResult.Bound && RunsLines)) return result;
            Update(result is EditResult.Clear ? _ => EraseScreen : null);
        }
        return result;
    }

    private async Task CompleteAsync(LineEditor editor, TabCycle cycle, Func<string, int, CancellationToken, Task<Completion?>> ask,
        CancellationToken ct)
    {
        var text = editor.Buffer.Text;
        if (await ask(text, editor.Buffer.Cursor, ct) is not { } completion) return;
        lock (gate)
        {
            if (completion.Text is { } becomes) editor.Buffer.Replace(completion.From, completion.Length, becomes);
            cycle.Offer(completion, editor.Buffer);
        }
        if (completion.Choices.Count > 0) Print(string.Join("  ", completion.Choices));
    }

    /// <summary>Lends the terminal to the editor. What is printed meanwhile follows afterwards.</summary>
    private void OpenEditor(LineEditor editor)
    {
        lock (gate)
        {
            Write(bottom.Erase() + PasteMarksOff);
            isLent = true;
        }
        var (edited, problem) = ((string?)null, EditorProblem.Failed);
        try
        {
            Console.TreatControlCAsInput = false;
            (edited, problem) = ExternalEditor.Edit(editor.Buffer.Text);
        }
        finally
        {
            Console.TreatControlCAsInput = true;
            lock (gate)
            {
                isLent = false;
                Write(PasteMarksOn);
                if (edited is not null) editor.Buffer.Set(edited);
                Update();
            }
        }
        if (problem is not EditorProblem.None && EditorProblemText?.Invoke(problem) is { } why) Print(why);
    }

    /// <summary>Erases the line; it comes back from the daemon as a message.</summary>
    private void EndEditing()
    {
        lock (gate)
        {
            editing = null;
            Update();
        }
    }

    /// <summary>
    /// Prints rows above the bottom ones and draws these again: now, or once the terminal is the client's and its width has settled.
    /// </summary>
    /// <param name="rows">The rows for a width in cells.</param>
    private void Update(Func<int, string>? rows = null)
    {
        lock (gate)
        {
            if (rows is not null) held.Add(rows);
            if (WindowWidth != width) Resize();
            if (!isLent && !isResizing) Replace();
        }
    }

    private void Replace()
    {
        Write(bottom.Erase() + string.Concat(held.Select(rows => rows(width))));
        held.Clear();
        Draw();
    }

    private void Resize()
    {
        lock (gate)
        {
            (width, isResizing) = (WindowWidth, true);
            settling.Change(SettlesAfter, Timeout.InfiniteTimeSpan);
        }
    }

    private void Settle()
    {
        lock (gate)
        {
            if (!isResizing) return; // disposed meanwhile
            isResizing = false;
            Update();
        }
    }

    private void Draw()
    {
        if (editing is not { } editor) return;
        var (text, cursor) = isSecret ? ("", 0) : (editor.Buffer.Text, editor.Buffer.Cursor);
        var shown = editor.Search is { } search && !isSecret ? SearchPrompt(search.Query) : prompt();
        var hint = isSecret || editor.Search is not null || cursor < text.Length ? "" : Hint?.Invoke(text) ?? "";
        Write(bottom.Draw(shown, text, cursor, width, hint));
    }

    /// <summary>Not while the client asks for a name or a secret.</summary>
    private bool RunsLines => !isSecret && Completer is not null;

    private static int WindowWidth => Console.WindowWidth is > 0 and var columns ? columns : 80;

    private void Write(string text)
    {
        output.Write(Encoding.UTF8.GetBytes(Writable(text)));
        output.Flush();
    }

    private string Writable(string text) => isUtf8 ? text : AsciiText.Fold(text);
}
