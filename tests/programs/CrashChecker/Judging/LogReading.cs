namespace CrashChecker.Judging;

/// <summary>Compares a reading of a conversation, from a number to its end, with everything that was shown before.</summary>
internal sealed class LogReading(
    ConversationRecord record, long after, IReadOnlyList<View> messages, Action<FindingKind, string, string> report)
{
    private readonly Dictionary<string, View> byText = [];
    private readonly Dictionary<long, View> bySeq = [];

    /// <summary>Numbers of any list follow each other.</summary>
    public static void JudgeNumbers(string conversation, IReadOnlyList<View> messages, Action<FindingKind, string, string> report)
    {
        for (var i = 1; i < messages.Count; i++)
        {
            var (before, next) = (messages[i - 1].Seq, messages[i].Seq);
            if (next <= before) report(FindingKind.Disordered, conversation, $"a list has {next} after {before}");
            else if (next > before + 1) report(FindingKind.Hole, conversation, $"a list has {next} after {before}");
        }
    }

    /// <param name="promised">The highest number shown before the reading began.</param>
    /// <returns>The number up to which the record still holds.</returns>
    public long Judge(long promised)
    {
        if (messages.Count > 0 && messages[0].Seq != after + 1)
            report(FindingKind.Hole, record.Name, $"the reading after {after} begins with {messages[0].Seq}");
        JudgeNumbers(record.Name, messages, report);
        foreach (var message in messages) Enter(message);
        var last = messages.Count > 0 ? messages[^1].Seq : after;
        for (var seq = after + 1; seq <= promised; seq++)
            if (record.Find(seq) is { } known) Compare(known, last);
        foreach (var message in messages)
            if (record.Find(message.Seq) is null) record.Show(message);
        return last >= promised || promised <= record.Safe ? record.Last : Math.Max(last, record.Safe);
    }

    private void Enter(View message)
    {
        bySeq[message.Seq] = message;
        if (!byText.TryAdd(message.Text, message))
        {
            report(FindingKind.Doubled, record.Name,
                $"{ConversationRecord.Short(message.Text)} is logged as {byText[message.Text].Seq} and as {message.Seq}");
        }
    }

    private void Compare(View known, long last)
    {
        var logged = bySeq.GetValueOrDefault(known.Seq);
        if (logged == known) return;
        var what = $"{known.Seq}, {ConversationRecord.Short(known.Text)}";
        if (logged?.Text == known.Text) record.Show(logged);
        else if (byText.TryGetValue(known.Text, out var moved)) report(FindingKind.Renumbered, record.Name, $"{what} is now {moved.Seq}");
        else if (logged is not null || known.Seq <= record.Safe || known.Seq <= last) report(FindingKind.Lost, record.Name, what);
    }
}
