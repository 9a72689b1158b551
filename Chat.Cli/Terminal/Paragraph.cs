namespace Chat.Cli.Terminal;

/// <summary>Lays out a text in rows.</summary>
internal static class Paragraph
{
    /// <summary>Indent of wrapped rows: for plain lines, and under a head that is too long to align with.</summary>
    private const int Little = 2, Under = 4;

    /// <summary>Each line on its own.</summary>
    public static string Lay(string text, int width) =>
        Join(Lines(text).SelectMany(line => LineWrapper.Break(line, line.Length - line.TrimStart(' ').Length + Little, width)));

    /// <summary>All lines aligned behind the head.</summary>
    public static string Lay(string head, string text, int width)
    {
        var indent = LineWrapper.Cells(head) is var cells && cells <= width / 2 ? cells : Under;
        return Join(Lines(text).SelectMany((line, i) =>
            LineWrapper.Break((i == 0 ? head : new string(' ', indent)) + line, indent, width)));
    }

    private static string[] Lines(string text) => text.Replace("\t", "    ", StringComparison.Ordinal).Split('\n');

    private static string Join(IEnumerable<string> rows) => string.Join("\r\n", rows) + "\r\n";
}
