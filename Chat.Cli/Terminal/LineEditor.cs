namespace Chat.Cli.Terminal;

/// <summary>Applies keys to the line. Independent of the terminal.</summary>
internal sealed class LineEditor(InputHistory history)
{
    public LineBuffer Buffer { get; } = new();

    public EditResult Press(Key key)
    {
        if (key.IsEnter) return EditResult.Entered;
        if (key.IsPaste) Buffer.Insert(key.Text.TrimEnd('\n'));
        else if (key.Modifiers == ConsoleModifiers.Control) return PressControl(key.Code);
        else return PressPlain(key);
        return EditResult.Edited;
    }

    private EditResult PressPlain(Key key)
    {
        switch (key.Code)
        {
            case ConsoleKey.Tab: return EditResult.Complete;
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
            case ConsoleKey.U: Buffer.DeleteToHome(); break;
            case ConsoleKey.K: Buffer.DeleteToEnd(); break;
            case ConsoleKey.W or ConsoleKey.Backspace: Buffer.DeleteWordLeft(); break;
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

    private void Leaf(string? line)
    {
        if (line is not null) Buffer.Set(line);
    }
}
