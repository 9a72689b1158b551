using System.Globalization;
using System.Text;

namespace Chat.Protocol;

/// <summary>Which names are valid, and which spellings are equal.</summary>
internal static class NameRules
{
    /// <summary>The name in NFC; null if it is not valid.</summary>
    public static string? Normalize(string? name)
    {
        // The longest name has 64 UTF-16 units; NFD is at most four times as long as NFC.
        if (string.IsNullOrEmpty(name) || name.Length > 8 * ProtocolLimits.NameScalars || !CanBeNormalized(name)) return null;
        var text = name.Normalize(NormalizationForm.FormC);
        var scalars = 0;
        var scripts = Script.None;
        foreach (var rune in text.EnumerateRunes())
        {
            if (++scalars > ProtocolLimits.NameScalars || !(IsLetterOrDigit(rune) || (scalars > 1 && IsInner(rune)))) return null;
            scripts |= ScriptOf(rune.Value);
        }
        return IsMixed(scripts) ? null : text;
    }

    /// <summary>Equal for names that differ only in case. Upper case first, because Greek has two lower-case sigmas.</summary>
    public static string KeyOf(string normalized) => normalized.ToUpperInvariant().ToLowerInvariant().Normalize(NormalizationForm.FormC);

    /// <summary>
    /// False for a name with a character that has a plainer form, such as ａ or 𝐚. Existing names may have one. Thai and Lao am
    /// (U+0E33, U+0EB3) are the usual spelling, although they have another form.
    /// </summary>
    public static bool IsValidForNew(string normalized) =>
        normalized.Replace('\u0E33', '\u0E32').Replace('\u0EB3', '\u0EB2').IsNormalized(NormalizationForm.FormKC);

    /// <summary>Whether the character may be in a name, not as its first one in every case.</summary>
    public static bool IsInName(Rune rune) => IsLetterOrDigit(rune) || IsInner(rune);

    /// <summary>Normalization throws for half a surrogate pair and for this noncharacter.</summary>
    private static bool CanBeNormalized(string name) => !name.Contains('\uFFFE') && Surrogates.IndexOfBroken(name) < 0;

    private static bool IsMixed(Script scripts) => (scripts & (scripts - 1)) != 0;

    private static bool IsLetterOrDigit(Rune rune) => !IsInvisible(rune.Value) && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber;

    private static bool IsInner(Rune rune) =>
        rune.Value is '-' or '_' or '.' || (!IsInvisible(rune.Value) && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark);

    /// <summary>Invisible letters and marks (Unicode's Default_Ignorable_Code_Point), which make different names look equal.</summary>
    private static bool IsInvisible(int c) =>
        c is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0
            or (>= 0xE0000 and <= 0xE0FFF);

    [Flags]
    private enum Script
    {
        None = 0,
        Latin = 1,
        Greek = 2,
        Cyrillic = 4,
    }

    /// <summary>The three scripts with lookalike letters; None for all others. Ranges from Unicode's Scripts.txt.</summary>
    private static Script ScriptOf(int c) => c switch
    {
        >= 'A' and <= 'Z' or >= 'a' and <= 'z' or 0xAA or 0xBA => Script.Latin,
        0xD7 or 0xF7 => Script.None,
        >= 0xC0 and <= 0x2B8 or >= 0x2E0 and <= 0x2E4 => Script.Latin,
        >= 0x370 and <= 0x3E1 or >= 0x3F0 and <= 0x3FF => c is 0x374 or 0x37E or 0x385 or 0x387 ? Script.None : Script.Greek,
        >= 0x400 and <= 0x52F or >= 0x1C80 and <= 0x1C8F => Script.Cyrillic,
        >= 0x1D26 and <= 0x1D2A or >= 0x1D5D and <= 0x1D61 or >= 0x1D66 and <= 0x1D6A or 0x1DBF => Script.Greek,
        0x1D2B or 0x1D78 or >= 0x2DE0 and <= 0x2DFF or >= 0xA640 and <= 0xA69F or >= 0x1E030 and <= 0x1E08F => Script.Cyrillic,
        >= 0x1D00 and <= 0x1DBE or >= 0x1E00 and <= 0x1EFF or 0x2071 or 0x207F or >= 0x2090 and <= 0x209C => Script.Latin,
        >= 0x1F00 and <= 0x1FFF or 0x2126 or 0xAB65 => Script.Greek,
        0x212A or 0x212B or 0x2132 or 0x214E or >= 0x2160 and <= 0x2188 or >= 0x2C60 and <= 0x2C7F => Script.Latin,
        >= 0xA722 and <= 0xA787 or >= 0xA78B and <= 0xA7FF or >= 0xAB30 and <= 0xAB69 => Script.Latin,
        >= 0xFB00 and <= 0xFB06 or >= 0xFF21 and <= 0xFF3A or >= 0xFF41 and <= 0xFF5A or >= 0x10780 and <= 0x107BA
            or >= 0x1DF00 and <= 0x1DF2A => Script.Latin,
        _ => Script.None,
    };
}
