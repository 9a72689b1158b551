namespace Chat.Daemon.Search;

/// <summary>The newest messages that were found.</summary>
/// <param name="More">Whether there may be others before <paramref name="Before"/>.</param>
/// <param name="Before">What the search has seen: everything from there on.</param>
internal sealed record SearchPage(IReadOnlyList<SearchHit> Hits, bool More, long Before)
{
    /// <summary>Null if the page is full, or everything was seen.</summary>
    public SearchStop? Stop { get; init; }

    /// <summary>The time of a processor that it took.</summary>
    public TimeSpan Spent { get; init; }
}
