using System.Globalization;
using System.Text;

namespace Chat.Plugins.Administration;

/// <summary>What others wrote, made safe to show on one line: nothing of it breaks the line, steers a terminal or turns the reading direction.</summary>
internal static class EscapedText
{
    /// <summary>UTF-16 units of one value that are shown.</summary>
    private const int Longest = 300;

    public static string Quoted(string text) => $"\"{Of(Cut(text)).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    public static string Of(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\\') safe.Append(@"\\");
            else if (IsUnsafe(rune)) safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            else safe.Append(rune.ToString());
        }
        return safe.ToString();
    }

    public static string Cut(string text) => text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] + "…";

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
