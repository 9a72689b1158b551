using System.Globalization;

namespace Chat.Protocol;

/// <summary>Finds lone surrogates in strings and JSON escapes, which UTF-8 cannot encode.</summary>
internal static class Surrogates
{
    /// <summary>Index of the first lone surrogate, or -1.</summary>
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

    /// <param name="escaped">The bytes between the quotes of a well-formed JSON string.</param>
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

    /// <summary>The UTF-16 unit of the next <c>\u</c> escape; the letter a for anything else.</summary>
    private static char TakeUnit(ref ReadOnlySpan<byte> escaped)
    {
        var isEscape = escaped[0] == '\\';
        var isUnit = isEscape && escaped[1] == 'u';
        var unit = isUnit ? (char)ushort.Parse(escaped.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 'a';
        escaped = escaped[(isUnit ? 6 : isEscape ? 2 : 1)..];
        return unit;
    }
}
