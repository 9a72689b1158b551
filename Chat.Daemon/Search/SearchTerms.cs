using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Search;

/// <summary>The words and prefixes that a user asks for. A message is found if it has them all.</summary>
internal sealed class SearchTerms
{
    private SearchTerms(IReadOnlyList<Term> all) => All = all;

    public IReadOnlyList<Term> All { get; }

    /// <returns>Null unless the text has 1 to 10 different words.</returns>
    public static SearchTerms? Parse(string text)
    {
        var (folder, terms) = (new WordFolder(), new HashSet<Term>());
        var pieces = text.Split('*');
        for (var i = 0; i < pieces.Length; i++)
        {
            var words = folder.Fold(pieces[i]);
            if (words.IsEmpty) continue;
            var isPrefix = folder.EndsInWord && i < pieces.Length - 1;
            var last = words[(words.LastIndexOf(' ') + 1)..];
            foreach (var word in words[..^last.Length].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)) terms.Add(new(word));
            terms.Add(new(last.ToString(), isPrefix));
            if (terms.Count > ProtocolLimits.SearchWords) return null;
        }
        return terms.Count == 0 ? null : new([.. terms]);
    }

    /// <param name="words">As <see cref="WordFolder"/> returns them.</param>
    public bool AreIn(ReadOnlySpan<char> words)
    {
        var missing = (1 << All.Count) - 1;
        foreach (var range in words.Split(' '))
        {
            var word = words[range];
            for (var i = 0; i < All.Count; i++)
            {
                var term = All[i];
                if (term.IsPrefix ? word.StartsWith(term.Word, StringComparison.Ordinal) : word.SequenceEqual(term.Word))
                    missing &= ~(1 << i);
            }
            if (missing == 0) return true;
        }
        return false;
    }

    public readonly record struct Term(string Word, bool IsPrefix = false);
}
