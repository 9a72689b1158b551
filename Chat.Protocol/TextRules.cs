using System.Globalization;
using System.Text;

namespace Chat.Protocol;

/// <summary>Which texts a message can have, and how to show a text safely.</summary>
public static class TextRules
{
    /// <summary>Number of Unicode scalar values in a well-formed string.</summary>
    public static int ScalarsIn(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
            if (!char.IsLowSurrogate(c)) count++;
        return count;
    }

    /// <summary>Whether the text contains a control character other than LF, CR and tab.</summary>
    public static bool HasForbiddenControl(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) return true;
        return false;
    }

    /// <summary>
    /// Whether a reader would see nothing: only white space, invisible characters, and combining marks without a character to combine with.
    /// </summary>
    public static bool ShowsNothing(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (!IsBlank(rune)) return false;
        return true;
    }

    /// <summary>
    /// Whether the text stays in its place when it is shown within another: it has no control character, no line or paragraph separator,
    /// and no character that embeds, overrides or isolates a writing direction.
    /// </summary>
    public static bool IsOneLine(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
                return false;
        }
        return true;
    }

    /// <summary>The code of the refusal; null if the text can be sent.</summary>
    public static string? CodeFor(string text)
    {
        if (ShowsNothing(text)) return RefusalCode.TextEmpty;
        return text.Length > ProtocolLimits.TextScalars && ScalarsIn(text) > ProtocolLimits.TextScalars ? RefusalCode.TextTooLong : null;
    }

    /// <summary>Replaces characters that could control a terminal, a log or the writing direction. For display, not storage.</summary>
    public static string Harmless(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(IsHarmful(rune) ? "\uFFFD" : rune.ToString());
        return clean.ToString();
    }

    private static bool IsBlank(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Control or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark => true,
        // Signs that stand before a number or a word are formats too, but have a shape of their own.
        UnicodeCategory.Format => rune.Value is not ((>= 0x600 and <= 0x605) or 0x6DD or 0x70F or 0x890 or 0x891 or 0x8E2
            or 0x110BD or 0x110CD),
        // Fillers, the empty Braille pattern, the null note head, and what Unicode reserves for invisible characters.
        _ => rune.Value is 0x115F or 0x1160 or 0x2065 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8) or 0x1D159
            or (>= 0xE0000 and <= 0xE0FFF),
    };

    private static bool IsHarmful(Rune rune) =>
        (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')) ||
        rune.Value is 0x2028 or 0x2029 or 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
