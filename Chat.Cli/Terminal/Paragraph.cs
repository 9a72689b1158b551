namespace Chat.Cli.Terminal;

/// <summary>What is printed becomes the rows of a terminal.</summary>
internal static class Paragraph
{
    /// <summary>Rows behind the first are set in a little, or under a head that leaves them half of the width.</summary>
    private const int Little = 2, Under = 4;

    /// <summary>Line by line, as a list.</summary>
    public static string Lay(string text, int width) =>
        Join(Lines(text).SelectMany(line => RowBreaker.Break(line, line.Length - line.TrimStart(' ').Length + Little, width)));

    /// <summary>All of the text under one head.</summary>
    public static string Lay(string head, string text, int width)
    {
        var indent = RowBreaker.Cells(head) is var cells && cells <= width / 2 ? cells : Under;
        return Join(Lines(text).SelectMany((line, i) => RowBreaker.Break((i == 0 ? head : new string(' ', indent)) + line, indent, width)));
    }

    private static string[] Lines(string text) => text.Replace("\t", "    ", StringComparison.Ordinal).Split('\n');

    private static string Join(IEnumerable<string> rows) => string.Join("\r\n", rows) + "\r\n";
}
