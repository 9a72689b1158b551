namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>An event that was not delivered.</summary>
/// <param name="Reason">A code: <c>http_404</c>, <c>timeout</c>, <c>queue_full</c>.</param>
internal sealed record Failure(Happening Happening, string Reason, DateTimeOffset GaveUp);
