namespace Chat.Daemon.Transport;

/// <summary>What the request that began a WebSocket said about the page behind it.</summary>
internal sealed class Browser(bool isSameOrigin, string? cookie)
{
    /// <summary>Whether the page is the daemon's own.</summary>
    public bool IsSameOrigin => isSameOrigin;

    /// <summary>A secret. Null if it has none.</summary>
    public string? Cookie => cookie;
}
