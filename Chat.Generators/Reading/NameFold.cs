using System.Globalization;
using System.Text;

namespace Chat.Generators.Reading;

/// <summary>Folds names as the daemon does, ignoring case and accents.</summary>
internal static class NameFold
{
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in Decomposed(name))
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark) text.Append(char.ToLowerInvariant(c));
        return text.ToString().Normalize(NormalizationForm.FormC);
    }

    private static string Decomposed(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            return ""; // a lone surrogate; such a name is refused anyway
        }
    }
}
