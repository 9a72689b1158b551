namespace Chat.Daemon.Search;

/// <summary>What the index has found: to be compared with the messages.</summary>
/// <param name="Ids">Descending.</param>
/// <param name="Before">The search has seen everything from there on; 0 if it has seen everything.</param>
/// <param name="Stop">Why it ended early; null if it did not.</param>
internal sealed record IndexFindings(IReadOnlyList<long> Ids, long Before, SearchStop? Stop);
