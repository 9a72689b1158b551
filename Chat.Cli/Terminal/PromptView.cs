using System.Globalization;
using System.Text;

namespace Chat.Cli.Terminal;

/// <summary>What of prompt and line fits into one row of the terminal, with the cursor in sight.</summary>
internal static class PromptView
{
    /// <summary>The row's text, and the cell in which the cursor stands.</summary>
    /// <param name="width">Cells of the terminal; its last one stays free, lest the row wraps.</param>
    public static (string Row, int Cell) Render(string prompt, string text, int cursor, int width)
    {
        prompt = Fit(prompt, width * 3 / 4);
        var room = Math.Max(1, width - 1 - CellWidth.Of(prompt));
        var start = Start(text, cursor, room);
        var row = new StringBuilder(prompt);
        var (cells, at, cell) = (0, start, 0);
        while (at < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(at));
            var shown = Shown(text.Substring(at, length));
            if ((cells += CellWidth.Of(shown)) > room) break;
            row.Append(shown);
            at += length;
            if (at <= cursor) cell = cells;
        }
        return (row.ToString(), CellWidth.Of(prompt) + cell);
    }

    /// <summary>The first letter shown: the beginning, or so much before the cursor as leaves a third of the row behind it.</summary>
    private static int Start(string text, int cursor, int room)
    {
        if (CellWidth.Of(Shown(text[..cursor])) < room) return 0;
        var (start, keep) = (0, room * 2 / 3);
        while (start < cursor && CellWidth.Of(Shown(text[start..cursor])) > keep) start += StringInfo.GetNextTextElementLength(text.AsSpan(start));
        return start;
    }

    private static string Shown(string element) => element.ReplaceLineEndings("↵").Replace('\t', ' ');

    private static string Fit(string text, int width)
    {
        while (CellWidth.Of(text) > Math.Max(2, width)) text = text[1..];
        return text;
    }
}
