namespace Chat.Daemon.Search;

/// <summary>Finds messages by their words. Safe from any thread.</summary>
internal interface IMessageSearch
{
    /// <summary>
    /// The newest messages that meet the request. They may have changed or gone since: read them again before showing them.
    /// </summary>
    ValueTask<SearchPage> FindAsync(SearchRequest request, CancellationToken cancellation);

    /// <summary>Completes when no index holds a text any more that was replaced or deleted before the call.</summary>
    Task ForgetAsync(CancellationToken cancellation);
}
