using System.Globalization;
using System.Text;

namespace Chat.Plugins.Administration;

/// <summary>
/// Makes other people's text safe to show on one line: no line break, terminal sequence or change of text direction survives.
/// </summary>
internal static class EscapedText
{
    /// <summary>The longest value shown, in UTF-16 units.</summary>
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

    public static string Cut(string text) =>
        text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] + "…";

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned;
}
