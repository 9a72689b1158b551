namespace Chat.LoadTest.Workers;

/// <summary>What has been sent in a scenario, by one worker or by all.</summary>
/// <param name="Highest">The highest message number seen, by conversation.</param>
internal sealed record SentSummary(IReadOnlyList<SenderSummary> Senders, Dictionary<int, long> Highest)
{
    public static SentSummary Merge(IReadOnlyCollection<SentSummary> parts) => new(
        [.. parts.SelectMany(part => part.Senders)],
        parts.SelectMany(part => part.Highest).GroupBy(top => top.Key, top => top.Value).ToDictionary(group => group.Key, Enumerable.Max));
}
