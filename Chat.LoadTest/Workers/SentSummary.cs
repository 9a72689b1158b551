namespace Chat.LoadTest.Workers;

/// <summary>What has been sent in a scenario, by one worker or by all.</summary>
/// <param name="Highest">The highest message number seen, by conversation.</param>
/// <param name="HighestChange">The highest change (<c>rev</c>) seen, by conversation.</param>
internal sealed record SentSummary(
    IReadOnlyList<SenderSummary> Senders, Dictionary<int, long> Highest, Dictionary<int, long> HighestChange)
{
    public static SentSummary Merge(IReadOnlyCollection<SentSummary> parts) => new(
        [.. parts.SelectMany(part => part.Senders)],
        HighestOf(parts.SelectMany(part => part.Highest)),
        HighestOf(parts.SelectMany(part => part.HighestChange)));

    private static Dictionary<int, long> HighestOf(IEnumerable<KeyValuePair<int, long>> all) =>
        all.GroupBy(top => top.Key, top => top.Value).ToDictionary(group => group.Key, Enumerable.Max);
}
