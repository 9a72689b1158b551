using System.Globalization;

namespace Chat.Cli.Terminal;

/// <summary>A style as a user writes it: <c>red</c>, <c>bold #d75f00</c>, <c>underline 33</c>.</summary>
internal static class Style
{
    private static readonly string[] Colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

    private static readonly Dictionary<string, string> Attributes = new()
    {
        ["plain"] = "0",
        ["bold"] = "1",
        ["dim"] = "2",
        ["italic"] = "3",
        ["underline"] = "4",
        ["reverse"] = "7",
    };

    /// <summary>The parameters of the sequence that begins the style, such as <c>1;38;5;33</c>.</summary>
    public static bool TryParse(string text, out string parameters)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parameters).ToList();
        parameters = string.Join(';', words);
        return words.Count > 0 && !words.Contains(null);
    }

    private static string? Parameters(string word)
    {
        if (Attributes.TryGetValue(word, out var attribute)) return attribute;
        var isBright = word.StartsWith("bright-", StringComparison.Ordinal);
        var colour = Array.IndexOf(Colours, isBright ? word[7..] : word);
        if (colour >= 0) return $"{(isBright ? 90 : 30) + colour}";
        if (byte.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return $"38;5;{index}";
        return word is ['#', _, _, _, _, _, _]
            && int.TryParse(word.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? $"38;2;{rgb >> 16};{(rgb >> 8) & 255};{rgb & 255}" : null;
    }
}
