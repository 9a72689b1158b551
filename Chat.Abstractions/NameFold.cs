using System.Globalization;
using System.Text;

namespace Chat;

/// <summary>How names of commands, options and choices are compared: <c>/Expulsár</c> is <c>/expulsar</c>.</summary>
public static class NameFold
{
    /// <summary>Lower case, without accents; any text has one, also one that is not well-formed.</summary>
    public static string Of(string name)
    {
        if (Ascii.IsValid(name)) return name.ToLowerInvariant();
        var text = new StringBuilder(name.Length);
        foreach (var rune in WellFormed(name).Normalize(NormalizationForm.FormD).EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.NonSpacingMark) text.Append(Rune.ToLowerInvariant(rune).ToString());
        return text.ToString().Normalize(NormalizationForm.FormC);
    }

    // Normalizing half a surrogate pair or U+FFFE throws; enumerating the runes replaces the former.
    private static string WellFormed(string name) => string.Concat(name.EnumerateRunes()).Replace('\uFFFE', '\uFFFD');
}
