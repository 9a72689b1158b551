using System.Text.Json.Nodes;

namespace Chat.Plugins;

/// <summary>As much of a list as fits into one answer, as text and as data. Some of the shipped plugins compile this file.</summary>
internal sealed record Listing(IReadOnlyList<string> Lines, JsonArray Data)
{
    /// <summary>The daemon accepts no larger result. UTF-16 units of text and data together; a little is left for a heading.</summary>
    private const int Capacity = 39_500;

    /// <summary>The separators of two lines and of two values.</summary>
    private const int Separators = 3;

    public static Listing Of<T>(IEnumerable<T> all, Func<T, string> line, Func<T, JsonNode> value)
    {
        var (lines, data, left) = (new List<string>(), new JsonArray(), Capacity);
        foreach (var one in all)
        {
            var (text, node) = (line(one), value(one));
            if ((left -= text.Length + node.ToJsonString().Length + Separators) < 0) break;
            lines.Add(text);
            data.Add(node);
        }
        return new(lines, data);
    }

    /// <summary>The lines, and how many more there are.</summary>
    /// <param name="count">Of the whole list.</param>
    public IEnumerable<string> WithRest(CommandContext to, int count) =>
        count == Lines.Count ? Lines : Lines.Append(More(to, count - Lines.Count));

    /// <inheritdoc cref="WithRest"/>
    public CommandResult ToCaller(CommandContext to, int count) =>
        CommandResult.ToCaller(string.Join('\n', WithRest(to, count)), Data);

    public static string More(CommandContext to, int count) => In(to, $"… e mais {count}.", $"… and {count} more.");

    private static string In(CommandContext to, string portuguese, string english) => to.Language == "en" ? english : portuguese;
}
