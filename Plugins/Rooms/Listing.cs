using System.Text.Json.Nodes;

namespace Chat.Plugins.Rooms;

/// <summary>As much of a list, for people and for programs, as one answer has room for.</summary>
internal sealed record Listing(IReadOnlyList<string> Lines, JsonArray Data)
{
    /// <summary>Of text and data together: a result that is larger is none. UTF-16 units.</summary>
    private const int Room = 40_000;

    /// <summary>What stands between two lines, and between two values.</summary>
    private const int Between = 3;

    public static Listing Of<T>(IEnumerable<T> all, Func<T, string> line, Func<T, JsonObject> value)
    {
        var (lines, data, left) = (new List<string>(), new JsonArray(), Room);
        foreach (var one in all)
        {
            var (text, node) = (line(one), value(one));
            if ((left -= text.Length + node.ToJsonString().Length + Between) < 0) break;
            lines.Add(text);
            data.Add(node);
        }
        return new(lines, data);
    }
}
