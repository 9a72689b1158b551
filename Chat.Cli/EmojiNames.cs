using System.Text;
using Chat.Cli.Terminal;

namespace Chat.Cli;

/// <summary>The names by which chat programs know emoji: <c>:tada:</c>.</summary>
internal static class EmojiNames
{
    private static readonly Lazy<SortedDictionary<string, string>> All = new(Read);

    public static IReadOnlyDictionary<string, string> ByName => All.Value;

    /// <summary>The emoji for a text that is such a name; otherwise the text.</summary>
    public static string Expand(string text) =>
        text.Length > 2 && text[0] == ':' && text[^1] == ':' && All.Value.TryGetValue(text[1..^1].ToLowerInvariant(), out var emoji)
            ? emoji : text;

    /// <summary>Null if the word at the cursor does not begin such a name.</summary>
    public static Completion? Complete(string line, int from, int cursor)
    {
        if (cursor - from < 2 || line[from] != ':') return null;
        var typed = line[(from + 1)..cursor].TrimEnd(':');
        string[] names = [.. All.Value.Keys.Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))];
        if (names.Length == 0) return null;
        if (names.Length == 1 || All.Value.ContainsKey(typed) && line[cursor - 1] == ':')
            return new(from, cursor - from, All.Value[names.Length == 1 ? names[0] : typed], []);
        var common = Completion.Of(line, from, cursor - from, [.. names.Select(name => $":{name}:")]);
        return common! with
        {
            Choices = [.. names.Select(name => $"{All.Value[name]} :{name}:")],
            Inserted = [.. names.Select(name => All.Value[name])],
        };
    }

    private static SortedDictionary<string, string> Read()
    {
        using var stream = typeof(EmojiNames).Assembly.GetManifestResourceStream("EmojiNames.txt")
            ?? throw new InvalidOperationException("The assembly has no EmojiNames.txt.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            if (line.Split(' ') is [var name, var emoji]) all[name] = emoji;
        return all;
    }
}
