using System.Globalization;
using System.Text;

namespace Chat.Daemon.Diagnostics;

/// <summary>Makes text safe for a terminal and for one line of a log: what could break a line, move the cursor or turn the reading direction is written as <c>\uXXXX</c>.</summary>
internal static class Printable
{
    public static string Escape(string text)
    {
        var at = FirstUnsafe(text);
        if (at < 0)
            return text;

        var safe = new StringBuilder(text, 0, at, text.Length + 16);
        foreach (var rune in text.AsSpan(at).EnumerateRunes())
            Append(safe, rune);
        return safe.ToString();
    }

    private static int FirstUnsafe(string text)
    {
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsUnsafe(rune))
                return at;
            at += rune.Utf16SequenceLength;
        }
        return -1;
    }

    private static void Append(StringBuilder safe, Rune rune)
    {
        if (!IsUnsafe(rune))
        {
            safe.Append(rune.ToString());
            return;
        }
        foreach (var unit in rune.ToString())
            safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
    }

    // The enumeration gives U+FFFD for a lone surrogate, which is safe to print.
    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
