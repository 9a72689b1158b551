namespace Chat.Cli.Terminal;

/// <summary>Names of keys in the configuration: <c>ctrl-g</c>, <c>alt-1</c>, <c>f5</c>, <c>ctrl-left</c>.</summary>
internal static class KeyNames
{
    /// <summary>A terminal sends Backspace, Tab and Enter for these.</summary>
    private const string SameAsOthers = "hijm";

    private static readonly Dictionary<string, ConsoleKey> Named = new()
    {
        ["up"] = ConsoleKey.UpArrow,
        ["down"] = ConsoleKey.DownArrow,
        ["left"] = ConsoleKey.LeftArrow,
        ["right"] = ConsoleKey.RightArrow,
        ["home"] = ConsoleKey.Home,
        ["end"] = ConsoleKey.End,
        ["pageup"] = ConsoleKey.PageUp,
        ["pagedown"] = ConsoleKey.PageDown,
        ["insert"] = ConsoleKey.Insert,
        ["delete"] = ConsoleKey.Delete,
        ["tab"] = ConsoleKey.Tab,
        ["escape"] = ConsoleKey.Escape,
    };

    /// <summary>False for a key that writes a letter, and for what a terminal cannot send.</summary>
    public static bool TryParse(string name, out (ConsoleKey Code, ConsoleModifiers Modifiers) key)
    {
        var (modifiers, rest) = name.ToLowerInvariant() switch
        {
            ['c', 't', 'r', 'l', '-', .. var after] => (ConsoleModifiers.Control, after),
            ['a', 'l', 't', '-', .. var after] => (ConsoleModifiers.Alt, after),
            ['s', 'h', 'i', 'f', 't', '-', .. var after] => (ConsoleModifiers.Shift, after),
            var plain => (default, plain),
        };
        key = (CodeOf(rest, modifiers), modifiers);
        return key.Code != default;
    }

    private static ConsoleKey CodeOf(string rest, ConsoleModifiers modifiers)
    {
        if (rest is [>= 'a' and <= 'z' and var letter])
        {
            var isOwn = modifiers is ConsoleModifiers.Alt || (modifiers is ConsoleModifiers.Control && !SameAsOthers.Contains(letter));
            return isOwn ? ConsoleKey.A + (letter - 'a') : default;
        }
        if (rest is [>= '0' and <= '9' and var digit]) return modifiers is ConsoleModifiers.Alt ? ConsoleKey.D0 + (digit - '0') : default;
        if (rest is ['f', .. var number] && int.TryParse(number, out var f) && f is >= 1 and <= 12) return ConsoleKey.F1 + (f - 1);
        return Named.GetValueOrDefault(rest);
    }
}
