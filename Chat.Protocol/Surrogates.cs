using System.Globalization;

namespace Chat.Protocol;

/// <summary>Half surrogate pairs, in strings and in JSON escapes: valid there, but no text, and no UTF-8 can carry them on.</summary>
internal static class Surrogates
{
    /// <summary>Where the first half without its other half stands, or -1.</summary>
    public static int IndexOfBroken(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (text[at..].IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var next)
        {
            at += next;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return at;
            at += 2;
        }
        return -1;
    }

    /// <param name="escaped">The bytes between a JSON string's quotes, known to be well-formed.</param>
    public static bool AreBroken(ReadOnlySpan<byte> escaped)
    {
        var highPending = false;
        while (!escaped.IsEmpty)
        {
            var unit = TakeUnit(ref escaped);
            if (char.IsLowSurrogate(unit) != highPending) return true;
            highPending = char.IsHighSurrogate(unit);
        }
        return highPending;
    }

    /// <summary>The next escape's UTF-16 unit; for any other byte a letter, which is no surrogate.</summary>
    private static char TakeUnit(ref ReadOnlySpan<byte> escaped)
    {
        var isEscape = escaped[0] == '\\';
        var isUnit = isEscape && escaped[1] == 'u';
        var unit = isUnit ? (char)ushort.Parse(escaped.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 'a';
        escaped = escaped[(isUnit ? 6 : isEscape ? 2 : 1)..];
        return unit;
    }
}
