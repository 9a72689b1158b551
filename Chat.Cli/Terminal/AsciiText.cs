using System.Globalization;
using System.Text;

namespace Chat.Cli.Terminal;

/// <summary>For terminals without UTF-8: letters lose their accents, and characters without an equivalent become question marks.</summary>
internal static class AsciiText
{
    public static string Fold(string text)
    {
        if (System.Text.Ascii.IsValid(text)) return text;
        var folded = new StringBuilder(text.Length);
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (rune.IsAscii) folded.Append((char)rune.Value);
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format))
                folded.Append(Likeness(rune.Value));
        }
        return folded.ToString();
    }

    // Normalize throws on a lone surrogate and on U+FFFE. Enumerating the runes replaces lone surrogates.
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes()).Replace('\uFFFE', '\uFFFD');

    private static char Likeness(int c) => c switch
    {
        0x2018 or 0x2019 => '\'',
        0x201C or 0x201D => '"',
        0x2010 or 0x2011 or 0x2012 or 0x2013 or 0x2014 => '-',
        0x21B5 => '|',
        _ => '?',
    };
}
