namespace Chat.Cli.Terminal;

/// <summary>A key pressed, or a text pasted.</summary>
/// <param name="Text">What it writes; empty for keys that write nothing.</param>
internal sealed record Key(ConsoleKey Code, ConsoleModifiers Modifiers, string Text, bool IsPaste = false)
{
    public bool IsControl(ConsoleKey code) => Code == code && Modifiers == ConsoleModifiers.Control;
}
