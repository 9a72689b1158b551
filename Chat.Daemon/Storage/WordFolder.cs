using System.Globalization;
using System.Text;

namespace Chat.Daemon.Storage;

/// <summary>
/// Splits a text into its words, in lower case and without accents. Used for the index, for the search in memory and for the words that a
/// user asks for, so that all three agree. Reuses its memory: for one thread at a time.
/// </summary>
internal sealed class WordFolder
{
    /// <summary>In UTF-16 units. A longer word, which no language has, is cut here.</summary>
    public const int WordChars = 200;

    private char[] folded = new char[256];
    private int length;
    private int wordStart;

    /// <summary>Whether the text ended within a word.</summary>
    public bool EndsInWord { get; private set; }

    /// <returns>The words, separated by single spaces; valid until the next call.</returns>
    public ReadOnlySpan<char> Fold(string text)
    {
        (length, wordStart, EndsInWord) = (0, 0, false);
        if (Ascii.IsValid(text)) AddAscii(text);
        // U+FFFE, which is no character and separates words like any other, is the one that cannot be normalized.
        else AddRunes(text.Replace('\uFFFE', ' ').Normalize(NormalizationForm.FormD));
        return folded.AsSpan(0, length);
    }

    private void AddAscii(string text)
    {
        MakeRoom(text.Length);
        foreach (var c in text) AddAscii(c);
    }

    private void AddRunes(string text)
    {
        MakeRoom(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii) AddAscii((char)rune.Value);
            else Add(rune);
        }
    }

    private void MakeRoom(int units)
    {
        if (folded.Length <= units) folded = new char[units * 2];
    }

    private void AddAscii(char c)
    {
        if (char.IsAsciiLetterOrDigit(c)) Append(char.ToLowerInvariant(c));
        else EndsInWord = false;
    }

    private void Add(Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark:
                // In many scripts a mark is a vowel. One without a letter belongs to a symbol.
                if (EndsInWord && !IsAccent(rune.Value)) Append(rune);
                break;
            case UnicodeCategory.PrivateUse:
                Append(rune);
                break;
            default:
                if (Rune.IsLetter(rune) || Rune.IsNumber(rune)) Append(Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)));
                else EndsInWord = false;
                break;
        }
    }

    /// <summary>Accents of Latin, Greek and Cyrillic letters, and the points that Hebrew and Arabic are mostly written without.</summary>
    private static bool IsAccent(int mark) => mark
        is (>= 0x0300 and <= 0x036F) or (>= 0x0591 and <= 0x05C7) or (>= 0x064B and <= 0x065F) or 0x0670
        or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE20 and <= 0xFE2F);

    private void Append(Rune rune)
    {
        Span<char> units = stackalloc char[2];
        var count = rune.EncodeToUtf16(units);
        if (EndsInWord && length + count - wordStart > WordChars) return;
        foreach (var unit in units[..count]) Append(unit);
    }

    private void Append(char unit)
    {
        if (!EndsInWord)
        {
            if (length > 0) folded[length++] = ' ';
            (wordStart, EndsInWord) = (length, true);
        }
        if (length - wordStart < WordChars) folded[length++] = unit;
    }
}
