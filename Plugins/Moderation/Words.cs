using System.Globalization;
using System.Text;

namespace Chat.Plugins.Moderation;

/// <summary>Splits text into words for comparison, ignoring case, accents and invisible characters.</summary>
internal static class Words
{
    /// <summary>The runs of letters and digits, folded.</summary>
    public static IEnumerable<string> In(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in NameFold.Of(text).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(rune);
            }
            else if (word.Length > 0 && Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0) yield return word.ToString();
    }

    /// <summary>The only word of the text, folded; null if there is none, or more than one.</summary>
    public static string? Single(string text) => In(text).Take(2).ToArray() is [var word] ? word : null;
}
