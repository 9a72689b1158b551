namespace CrashChecker.Judging;

/// <summary>
/// Where the number of messages is limited, they go from the beginning only, never more than allowed, and for good. A message that is gone
/// and sent again is echoed with its number alone.
/// </summary>
internal sealed class RetentionPromise(Action<FindingKind, string, string> report)
{
    private readonly Dictionary<string, int> kept = [];

    /// <summary>The number that readings of each conversation began with.</summary>
    private readonly Dictionary<string, long> first = [];

    public void Limited(Observation.Limited limited) => kept[limited.Conversation] = limited.Kept;

    /// <summary>What is certainly gone as a reading begins.</summary>
    public long FirstOf(string conversation) => first.GetValueOrDefault(conversation);

    /// <summary>The number up to which messages may be gone by now.</summary>
    public long MayBeGone(ConversationRecord record) => kept.TryGetValue(record.Name, out var most) ? Math.Max(record.Last - most, 0) : 0;

    /// <summary>
    /// Some may go while the pages of a reading are asked for. Then it has a gap, and tells only what is after the last one.
    /// </summary>
    /// <param name="after">What the reading was asked to begin after.</param>
    /// <param name="goneBefore">What was gone as it began.</param>
    /// <returns>The number after which it must be complete.</returns>
    public long JudgeBeginning(ConversationRecord record, long after, long goneBefore, IReadOnlyList<View> messages)
    {
        if (!kept.TryGetValue(record.Name, out var most) || messages.Count == 0) return after;
        if (messages[0].Seq < goneBefore)
            report(FindingKind.Reappeared, record.Name, $"{messages[0].Seq}, although {goneBefore} was the first");
        var begin = messages[0].Seq;
        for (var i = 1; i < messages.Count; i++)
            if (messages[i].Seq > messages[i - 1].Seq + 1) begin = messages[i].Seq;
        if (begin == after + 1) return after;
        if (begin > record.Last - most + 1 && begin > messages[^1].Seq - most + 1)
            report(FindingKind.Lost, record.Name, $"all before {begin} of {record.Last}, although {most} are kept");
        first[record.Name] = Math.Max(FirstOf(record.Name), begin);
        return begin - 1;
    }

    /// <returns>The message as it was shown before, if the echo of one sent again may show its number alone.</returns>
    public View Restore(ConversationRecord record, View echoed) =>
        echoed.Erased && kept.TryGetValue(record.Name, out var most) && echoed.Seq <= record.Last - most
            ? record.Find(echoed.Seq) ?? echoed
            : echoed;
}
