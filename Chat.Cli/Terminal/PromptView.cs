using System.Buffers;
using Chat.Protocol;

namespace Chat.Cli.Terminal;

/// <summary>Fits prompt and line into one row, scrolled so that the cursor is visible.</summary>
internal static class PromptView
{
    /// <summary>UTF-16 units examined for each cell around the cursor. A family emoji with skin tones has 19 for two cells.</summary>
    private const int UnitsPerCell = 10;

    /// <summary>What <see cref="TextRules.Harmless"/> replaces; asking first costs a key nothing.</summary>
    private static readonly SearchValues<char> Harmful = SearchValues.Create([.. new[] { (0, 0x9F), (0x61C, 0x61C), (0x200E, 0x2069) }
        .SelectMany(range => Enumerable.Range(range.Item1, range.Item2 - range.Item1 + 1)).Select(code => (char)code)
        .Where(letter => TextRules.Harmless($"{letter}") != $"{letter}")]);

    /// <summary>The text of the row, and the cell of the cursor.</summary>
    /// <param name="width">Cells of the terminal; the last stays empty, so that the row does not wrap.</param>
    public static (string Row, int Cell) Render(string prompt, string text, int cursor, int width)
    {
        prompt = Fit(prompt, width * 3 / 4);
        var room = Math.Max(1, width - 1 - CellWidth.Of(prompt));
        var (from, to) = Window(text, cursor, room);
        (text, cursor) = (text[from..to], cursor - from);
        if (text.AsSpan().ContainsAny(Harmful)) // while the text of another user is edited
        {
            var before = TextRules.Harmless(text[..cursor]);
            (text, cursor) = (before + TextRules.Harmless(text[cursor..]), before.Length);
        }
        var start = Start(text, cursor, room);
        var (cells, end, cell) = (0, start, 0);
        while (end < text.Length)
        {
            var next = Graphemes.Next(text, end);
            if ((cells += CellWidth.Of(text.AsSpan(end, next - end))) > room) break;
            end = next;
            if (end <= cursor) cell = cells;
        }
        return (prompt + Shown(text[start..end]), CellWidth.Of(prompt) + cell);
    }

    /// <summary>The only part of the line that is examined, so that a key costs the same however long the line is.</summary>
    public static (int From, int To) Window(string text, int cursor, int room)
    {
        var units = room * UnitsPerCell;
        var from = cursor <= units ? 0 : Graphemes.BoundaryBefore(text, cursor - units);
        var to = Math.Min(text.Length, cursor + units);
        return (from, to < text.Length && char.IsLowSurrogate(text[to]) ? to + 1 : to);
    }

    /// <summary>The first visible character: the start of the window, or as far before the cursor as two thirds of the row.</summary>
    private static int Start(string text, int cursor, int room)
    {
        if (FitsBefore(text, cursor, room)) return 0;
        var start = 0;
        var excess = CellWidth.Of(text.AsSpan(start, cursor - start)) - room * 2 / 3;
        while (excess > 0 && start < cursor)
        {
            var next = Graphemes.Next(text, start);
            excess -= CellWidth.Of(text.AsSpan(start, next - start));
            start = next;
        }
        return start;
    }

    /// <summary>Whether the text before the cursor takes less than <paramref name="room"/> cells. Stops counting there.</summary>
    private static bool FitsBefore(string text, int cursor, int room)
    {
        var cells = 0;
        for (var at = 0; at < cursor && cells < room;)
        {
            var next = Graphemes.Next(text, at);
            cells += CellWidth.Of(text.AsSpan(at, next - at));
            at = next;
        }
        return cells < room;
    }

    /// <summary>On one row, and as wide as the original.</summary>
    private static string Shown(string text) => text.ReplaceLineEndings("↵").Replace('\t', ' ');

    private static string Fit(string text, int width)
    {
        while (CellWidth.Of(text) > Math.Max(2, width)) text = text[Graphemes.Next(text, 0)..];
        return text;
    }
}
