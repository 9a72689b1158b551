namespace Chat.Cli.Terminal;

/// <summary>A key press or a pasted text.</summary>
/// <param name="Text">The text it inserts; empty for other keys.</param>
/// <param name="Command">The line that the user has bound to the key; null for other keys.</param>
internal sealed record Key(ConsoleKey Code, ConsoleModifiers Modifiers, string Text, bool IsPaste = false, string? Command = null)
{
    /// <summary>Enter pressed before the program has set up the terminal arrives as a line feed, which reads as Ctrl-Enter.</summary>
    public bool IsEnter => Code == ConsoleKey.Enter || (Modifiers == ConsoleModifiers.Control && Code is ConsoleKey.J or ConsoleKey.M);
}
