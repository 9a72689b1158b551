namespace Chat.Client;

/// <summary>Exponential backoff with jitter, so that the clients of a daemon that went down do not all come back at once.</summary>
internal static class ReconnectDelay
{
    /// <param name="attempt">Starts at 1.</param>
    public static TimeSpan Before(ChatClientOptions options, int attempt)
    {
        var whole = Math.Min(options.ReconnectDelayLongest.TotalMilliseconds,
            options.ReconnectDelayFirst.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 30)));
        return TimeSpan.FromMilliseconds(whole * (0.5 + Random.Shared.NextDouble() / 2));
    }
}
