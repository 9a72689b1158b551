using System.Collections.Frozen;
using System.Text;

namespace Chat.Protocol;

/// <summary>What can be a reaction.</summary>
public static class Emoji
{
    private static readonly Lazy<FrozenSet<string>> All = new(Read);

    /// <summary>Whether the text is one fully-qualified emoji of Unicode's RGI set, so that the same emoji is the same text.</summary>
    public static bool Is(string text) => All.Value.Contains(text);

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(Emoji).Assembly.GetManifestResourceStream("Emoji.txt")
            ?? throw new InvalidOperationException("The assembly has no Emoji.txt.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var all = new List<string>();
        var isHead = true; // "#" also begins an emoji
        while (reader.ReadLine() is { } line)
        {
            isHead = isHead && line.StartsWith("# ", StringComparison.Ordinal);
            if (!isHead) all.AddRange(line.Split(' '));
        }
        return all.ToFrozenSet(StringComparer.Ordinal);
    }
}
