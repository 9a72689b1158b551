namespace Chat.Cli.Terminal;

/// <summary>Applies keys to the line. Independent of the terminal.</summary>
internal sealed class LineEditor(InputHistory history, KillRing killed)
{
    private bool isPrefixed, wasKill, wasYank, killsAgain;
    private int yankedFrom;

    public LineEditor(InputHistory history) : this(history, new KillRing())
    {
    }

    public LineBuffer Buffer { get; } = new();

    /// <summary>Null while no earlier line is searched.</summary>
    public HistorySearch? Search { get; private set; }

    public EditResult Press(Key key)
    {
        (killsAgain, wasKill) = (wasKill, false);
        var yanksAgain = wasYank;
        wasYank = false;
        if (Search is not null && PressSearching(key) is { } searched) return searched;
        if (isPrefixed) return PressAfterPrefix(key);
        if (key.Command is not null) return EditResult.Bound;
        if (key.Modifiers == ConsoleModifiers.Alt && key.Code == ConsoleKey.Enter) Buffer.Insert("\n");
        else if (key.IsEnter) return EditResult.Entered;
        else if (key.IsPaste) Buffer.Insert(key.Text.TrimEnd('\n'));
        else if (key.Modifiers == ConsoleModifiers.Control) return PressControl(key.Code);
        else if (key.Modifiers == ConsoleModifiers.Alt) return PressAlt(key, yanksAgain);
        else return PressPlain(key);
        return EditResult.Edited;
    }

    private EditResult PressPlain(Key key)
    {
        switch (key.Code)
        {
            case ConsoleKey.Tab when key.Modifiers == ConsoleModifiers.Shift: return EditResult.CompleteBack;
            case ConsoleKey.Tab: return EditResult.Complete;
            case ConsoleKey.PageUp: return EditResult.Earlier;
            case ConsoleKey.Escape: return EditResult.Cancel;
            case ConsoleKey.LeftArrow: Buffer.Left(); break;
            case ConsoleKey.RightArrow: Buffer.Right(); break;
            case ConsoleKey.Home: Buffer.Home(); break;
            case ConsoleKey.End: Buffer.End(); break;
            case ConsoleKey.Backspace: Buffer.Backspace(); break;
            case ConsoleKey.Delete: Buffer.Delete(); break;
            case ConsoleKey.UpArrow: Leaf(history.Older(Buffer.Text)); break;
            case ConsoleKey.DownArrow: Leaf(history.Newer()); break;
            default: Buffer.Insert(key.Text); break;
        }
        return EditResult.Edited;
    }

    private EditResult PressControl(ConsoleKey code)
    {
        switch (code)
        {
            case ConsoleKey.A: Buffer.Home(); break;
            case ConsoleKey.E: Buffer.End(); break;
            case ConsoleKey.B: Buffer.Left(); break;
            case ConsoleKey.F: Buffer.Right(); break;
            case ConsoleKey.P: Leaf(history.Older(Buffer.Text)); break;
            case ConsoleKey.N: Leaf(history.Newer()); break;
            case ConsoleKey.U: Kill(LineBuffer.Span.ToStart); break;
            case ConsoleKey.K: Kill(LineBuffer.Span.ToEnd); break;
            case ConsoleKey.W or ConsoleKey.Backspace: Kill(LineBuffer.Span.WordLeft); break;
            case ConsoleKey.Y: Yank(killed.Current); break;
            case ConsoleKey.T: Buffer.Transpose(); break;
            case ConsoleKey.R: Search = new HistorySearch(history, Buffer.Text); break;
            case ConsoleKey.X: isPrefixed = true; break;
            case ConsoleKey.D7 or ConsoleKey.OemMinus or ConsoleKey.Z: Buffer.Undo(); break; // Ctrl-_ arrives as Ctrl-7
            case ConsoleKey.H: Buffer.Backspace(); break;
            case ConsoleKey.LeftArrow: Buffer.WordLeft(); break;
            case ConsoleKey.RightArrow: Buffer.WordRight(); break;
            case ConsoleKey.L: return EditResult.Clear;
            case ConsoleKey.I: return EditResult.Complete;
            case ConsoleKey.D when Buffer.Text.Length > 0: Buffer.Delete(); break;
            case ConsoleKey.C when Buffer.Text.Length > 0: Buffer.Set(""); break;
            case ConsoleKey.D or ConsoleKey.C: return EditResult.Left;
        }
        return EditResult.Edited;
    }

    private EditResult PressAlt(Key key, bool yanksAgain)
    {
        switch (key.Code)
        {
            case ConsoleKey.B or ConsoleKey.LeftArrow: Buffer.WordLeft(); break;
            case ConsoleKey.F or ConsoleKey.RightArrow: Buffer.WordRight(); break;
            case ConsoleKey.D: Kill(LineBuffer.Span.WordRight); break;
            case ConsoleKey.Backspace: Kill(LineBuffer.Span.WordLeft); break;
            case ConsoleKey.Y when yanksAgain:
                Buffer.Replace(yankedFrom, Buffer.Cursor - yankedFrom, killed.Older());
                wasYank = true;
                break;
            case ConsoleKey.N: return EditResult.ToggleNumbers;
        }
        return EditResult.Edited;
    }

    private EditResult PressAfterPrefix(Key key)
    {
        isPrefixed = false;
        if (key.Modifiers != ConsoleModifiers.Control) return EditResult.Edited;
        if (key.Code == ConsoleKey.E) return EditResult.OpenEditor;
        if (key.Code == ConsoleKey.U) Buffer.Undo();
        return EditResult.Edited;
    }

    /// <summary>Null for a key that ends the search and is then pressed in the line found.</summary>
    private EditResult? PressSearching(Key key)
    {
        var search = Search!;
        switch (key)
        {
            case { Modifiers: ConsoleModifiers.Control, Code: ConsoleKey.R }: search.Older(); break;
            case { Code: ConsoleKey.Backspace } or { Modifiers: ConsoleModifiers.Control, Code: ConsoleKey.H }: search.Backspace(); break;
            case { Modifiers: ConsoleModifiers.Control, Code: ConsoleKey.G or ConsoleKey.C }:
                Search = null;
                Buffer.Set(search.Before);
                return EditResult.Edited;
            case { Text.Length: > 0, Modifiers: 0 or ConsoleModifiers.Shift } when !key.IsEnter:
                search.Type(key.Text.ReplaceLineEndings(" "));
                break;
            default:
                Search = null;
                return key.Code == ConsoleKey.Escape ? EditResult.Edited : null;
        }
        Buffer.Set(search.Found);
        return EditResult.Edited;
    }

    private void Kill(LineBuffer.Span span)
    {
        killed.Add(Buffer.Cut(span), killsAgain, span is LineBuffer.Span.WordLeft or LineBuffer.Span.ToStart);
        wasKill = true;
    }

    private void Yank(string text)
    {
        yankedFrom = Buffer.Cursor;
        Buffer.Insert(text);
        wasYank = true;
    }

    private void Leaf(string? line)
    {
        if (line is not null) Buffer.Set(line);
    }
}
