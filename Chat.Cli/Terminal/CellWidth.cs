using System.Globalization;
using System.Text;
using Wcwidth;

namespace Chat.Cli.Terminal;

/// <summary>The width of a text in terminal cells.</summary>
internal static class CellWidth
{
    private const int EmojiStyle = 0xFE0F, FirstFlag = 0x1F1E6, LastFlag = 0x1F1FF;

    /// <summary>0 for combining marks, 2 for wide characters, emoji and flags, otherwise 1.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        var cells = 0;
        while (!text.IsEmpty)
        {
            var length = StringInfo.GetNextTextElementLength(text);
            cells += OfElement(text[..length]);
            text = text[length..];
        }
        return cells;
    }

    /// <summary>A grapheme is as wide as its widest part: a family of emoji takes two cells.</summary>
    private static int OfElement(ReadOnlySpan<char> element)
    {
        if (element.Length == 1 && element[0] < '\u0300') return 1;
        var (cells, flags) = (0, 0);
        foreach (var rune in element.EnumerateRunes())
        {
            if (rune.Value is >= FirstFlag and <= LastFlag) flags++;
            cells = Math.Max(cells, rune.Value == EmojiStyle && cells > 0 ? 2 : OfRune(rune));
        }
        return flags == 2 ? 2 : cells;
    }

    private static int OfRune(Rune rune) => Math.Max(0, UnicodeCalculator.GetWidth(rune.Value));
}
