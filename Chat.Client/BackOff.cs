namespace Chat.Client;

/// <summary>How long to wait before the next attempt: doubling, bounded, and never the same for all clients that lost one daemon.</summary>
internal static class BackOff
{
    /// <param name="attempt">From 1 on.</param>
    public static TimeSpan Delay(ChatClientOptions options, int attempt)
    {
        var whole = Math.Min(options.BackOffLongest.TotalMilliseconds, options.BackOffFirst.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 30)));
        return TimeSpan.FromMilliseconds(whole * (0.5 + Random.Shared.NextDouble() / 2));
    }
}
