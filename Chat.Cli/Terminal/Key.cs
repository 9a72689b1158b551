namespace Chat.Cli.Terminal;

/// <summary>A key pressed, or a text pasted.</summary>
/// <param name="Text">What it writes; empty for keys that write nothing.</param>
internal sealed record Key(ConsoleKey Code, ConsoleModifiers Modifiers, string Text, bool IsPaste = false)
{
    /// <summary>Enter pressed before the program took over the terminal arrives as a line feed, which reads as Ctrl-Enter.</summary>
    public bool IsEnter => Code == ConsoleKey.Enter || (Modifiers == ConsoleModifiers.Control && Code is ConsoleKey.J or ConsoleKey.M);
}
