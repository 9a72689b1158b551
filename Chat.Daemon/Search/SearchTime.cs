using System.Diagnostics;

namespace Chat.Daemon.Search;

/// <summary>How long one search may take. Nobody waits longer for a page, and a search takes no more than that from others.</summary>
internal static class SearchTime
{
    /// <summary>A second, in timestamps of <see cref="Stopwatch"/>: twenty times what a search of a million messages takes.</summary>
    public static readonly long Ticks = Stopwatch.Frequency;
}
