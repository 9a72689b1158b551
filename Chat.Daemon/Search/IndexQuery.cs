namespace Chat.Daemon.Search;

/// <summary>A search as the index understands it.</summary>
/// <param name="Words">The words alone.</param>
/// <param name="All">The words and where.</param>
/// <param name="IsProbed">
/// Whether a part is asked for the words first. Each place takes some microseconds of each part, and most parts lack a rare word.
/// </param>
internal sealed record IndexQuery(string Words, string All, bool IsProbed)
{
    private const int FewPlaces = 4;

    public static IndexQuery Of(SearchRequest request)
    {
        var words = IndexTerms.WordsOf(request);
        return new(words, $"{IndexTerms.PlacesOf(request)} AND {words}", request.Conversations.Count > FewPlaces);
    }
}
