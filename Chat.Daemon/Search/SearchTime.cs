using System.Diagnostics;

namespace Chat.Daemon.Search;

/// <summary>How long one search may take, with all that it reads: a user gets an answer by then, and others a free processor.</summary>
internal static class SearchTime
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    /// <returns>A timestamp of <see cref="Stopwatch"/>.</returns>
    public static long DeadlineFromNow() => Stopwatch.GetTimestamp() + (long)(Most.TotalSeconds * Stopwatch.Frequency);
}
