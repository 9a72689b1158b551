using System.Text;

namespace Chat.Plugins.Webhooks.Incoming;

/// <summary>
/// The name in brackets before a text. The account beside it is the plugin's, so a name that is another's deceives nobody; it must only
/// stay within its brackets.
/// </summary>
internal static class ShownName
{
    public const int Longest = 40;

    /// <summary>Whether it is one line of characters that are seen, without brackets.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= Longest && name.Trim() == name && name.EnumerateRunes().All(IsShown) && name.IndexOfAny(['[', ']']) < 0;

    private static bool IsShown(Rune rune) =>
        rune.Value == ' ' || !(Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.OtherNotAssigned
            or System.Globalization.UnicodeCategory.PrivateUse or System.Globalization.UnicodeCategory.Surrogate);
}
