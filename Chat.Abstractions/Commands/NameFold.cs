using System.Globalization;
using System.Text;

namespace Chat;

/// <summary>Folds names of commands, options and choices for comparison: <c>/Expulsár</c> equals <c>/expulsar</c>.</summary>
public static class NameFold
{
    /// <summary>Lower case, without accents. Accepts any text, even malformed UTF-16.</summary>
    public static string Of(string name)
    {
        if (Ascii.IsValid(name)) return name.ToLowerInvariant();
        var text = new StringBuilder(name.Length);
        foreach (var rune in WellFormed(name).Normalize(NormalizationForm.FormD).EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.NonSpacingMark) text.Append(Rune.ToLowerInvariant(rune).ToString());
        return text.ToString().Normalize(NormalizationForm.FormC);
    }

    // Normalize throws on a lone surrogate and on U+FFFE. Enumerating the runes replaces lone surrogates.
    private static string WellFormed(string name) => string.Concat(name.EnumerateRunes()).Replace('\uFFFE', '\uFFFD');
}
