using System.Text;

namespace Chat.Protocol;

/// <summary>Finds what a text may mention: <c>@</c> and a name, at the beginning or after white space.</summary>
public static class MentionText
{
    /// <summary>
    /// The names that each place may mean, of which the first that exists counts: all characters that a name may have, else the same
    /// without <c>.</c>, <c>-</c> and <c>_</c> at its end. Each once, in the order of the text.
    /// </summary>
    /// <param name="most">Different places to look at; later ones mention nobody.</param>
    public static IReadOnlyList<IReadOnlyList<UserName>> NamesIn(string text, int most)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0) return [];
        var (found, seen) = (new List<IReadOnlyList<UserName>>(), new HashSet<string>());
        for (; at >= 0 && found.Count < most; at = text.IndexOf('@', at + 1))
        {
            if (at > 0 && !char.IsWhiteSpace(text[at - 1])) continue;
            var run = RunAt(text, at + 1);
            var trimmed = run.TrimEnd('.', '-', '_');
            IReadOnlyList<UserName> names = [.. Parsed(run), .. trimmed.Length < run.Length ? Parsed(trimmed) : []];
            if (names.Count > 0 && seen.Add(names[0].Key)) found.Add(names);
        }
        return found;
    }

    private static string RunAt(string text, int start)
    {
        var end = start;
        foreach (var rune in text.AsSpan(start).EnumerateRunes())
        {
            if (!NameRules.IsInName(rune)) break;
            end += rune.Utf16SequenceLength;
        }
        return text[start..end];
    }

    private static IEnumerable<UserName> Parsed(string name) => UserName.TryParse(name, out var parsed) ? [parsed] : [];
}
