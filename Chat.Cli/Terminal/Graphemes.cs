using System.Globalization;

namespace Chat.Cli.Terminal;

/// <summary>Finds graphemes near a position. The cost does not depend on the length of the text.</summary>
internal static class Graphemes
{
    /// <summary>UTF-16 units searched for a certain boundary. A text without one is split between code points.</summary>
    private const int Search = 512;

    public static int Next(string text, int at) => at == text.Length ? at : at + StringInfo.GetNextTextElementLength(text.AsSpan(at));

    public static int Previous(string text, int at)
    {
        if (at == 0) return 0;
        var start = BoundaryBefore(text, at);
        while (Next(text, start) is var next && next < at) start = next;
        return start;
    }

    /// <summary>A grapheme boundary before <paramref name="at"/>, which must not be 0.</summary>
    public static int BoundaryBefore(string text, int at)
    {
        var last = Math.Max(0, at - Search);
        for (var i = at - 1; i > last; i--)
            if (IsPlain(text[i - 1]) && IsPlain(text[i])) return i;
        return last > 0 && char.IsLowSurrogate(text[last]) ? last - 1 : last;
    }

    /// <summary>Printable characters below the first combining mark. They never join their neighbours.</summary>
    private static bool IsPlain(char c) =>
        c is >= ' ' and < '\u0300' and not ((>= '\u007F' and < '\u00A0') or '\u00A9' or '\u00AD' or '\u00AE');
}
