using System.Globalization;
using System.Text;

namespace Chat.Plugins.Rooms;

/// <summary>A piece of another user's message that is safe to show on one line, around the first word that was looked for.</summary>
internal static class Excerpt
{
    /// <summary>UTF-16 units before the word, and in all.</summary>
    private const int Before = 40, Most = 160;

    private const int ZeroWidthJoiner = 0x200D;

    private static readonly CompareInfo Invariant = CultureInfo.InvariantCulture.CompareInfo;

    public static string Of(string text, string words)
    {
        var line = OnOneLine(text);
        if (line.Length <= Most) return line;
        var first = words.Split([' ', '*'], StringSplitOptions.RemoveEmptyEntries).Select(word => PlaceOf(line, word)).Where(at => at >= 0)
            .DefaultIfEmpty(0).Min();
        var start = Boundary(line, Math.Min(Math.Max(first - Before, 0), line.Length - Most));
        var end = Boundary(line, start + Most);
        return $"{(start > 0 ? "…" : "")}{line[start..end]}{(end < line.Length ? "…" : "")}";
    }

    private static int PlaceOf(string line, string word) =>
        Invariant.IndexOf(line, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace);

    /// <summary>Not within a surrogate pair.</summary>
    private static int Boundary(string line, int at) => at > 0 && at < line.Length && char.IsLowSurrogate(line[at]) ? at - 1 : at;

    /// <summary>Line breaks become spaces. What would change the direction of text, or move the terminal's cursor, is left out.</summary>
    private static string OnOneLine(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) safe.Append(' ');
            else if (rune.Value == ZeroWidthJoiner || !IsUnsafe(rune)) safe.Append(rune.ToString());
        }
        return safe.ToString();
    }

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
