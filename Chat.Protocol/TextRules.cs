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

    /// <summary>The code of the refusal; null if the text can be sent.</summary>
    public static string? CodeFor(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return RefusalCode.TextEmpty;
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

    private static bool IsHarmful(Rune rune) =>
        (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')) ||
        rune.Value is 0x2028 or 0x2029 or 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
