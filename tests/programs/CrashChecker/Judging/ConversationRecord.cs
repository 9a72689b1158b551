namespace CrashChecker.Judging;

/// <summary>What anybody was ever shown of one conversation, by number.</summary>
internal sealed class ConversationRecord(string name, Action<FindingKind, string, string> report, Func<string, string, bool> isSent)
{
    private readonly Dictionary<long, View> bySeq = [];
    private readonly Dictionary<string, long> seqOfText = [];
    private bool isEndKnown = true;

    public string Name => name;

    /// <summary>The highest number shown.</summary>
    public long Last { get; private set; }

    /// <summary>Numbers up to this one must survive.</summary>
    public long Safe { get; private set; } = long.MaxValue;

    public View? Find(long seq) => bySeq.GetValueOrDefault(seq);

    /// <summary>Takes note of a message, and compares it with what was shown before under its number or with its text.</summary>
    /// <returns>Whether it agrees with that.</returns>
    public bool Show(View message)
    {
        if (bySeq.TryGetValue(message.Seq, out var known)) return known == message || Differs(known, message);
        if (!isSent(name, message.Text)) report(FindingKind.Invented, name, $"{message.Seq}, {Short(message.Text)}");
        if (!seqOfText.TryAdd(message.Text, message.Seq))
        {
            report(FindingKind.Renumbered, name, $"{Short(message.Text)} was shown as {seqOfText[message.Text]} and as {message.Seq}");
            return false;
        }
        bySeq[message.Seq] = message;
        Last = Math.Max(Last, message.Seq);
        return true;
    }

    /// <summary>What is shown from here on may be lost. A sync makes nothing safe that an earlier power loss may have taken.</summary>
    public void MayForgetFromHere()
    {
        if (isEndKnown) Safe = Last;
    }

    public void MayHaveLostItsEnd() => isEndKnown = false;

    public void WasReadAgain() => isEndKnown = true;

    /// <summary>Forgets what is beyond: the daemon was allowed to lose it, and gives these numbers again.</summary>
    public void Truncate(long last)
    {
        for (; Last > last; Last--)
            if (bySeq.Remove(Last, out var lost)) seqOfText.Remove(lost.Text);
    }

    public static string Short(string text) => text.Length <= 40 ? $"'{text}'" : $"'{text[..40]}…'";

    private bool Differs(View known, View message)
    {
        var kind = known.Text == message.Text ? FindingKind.Altered : FindingKind.Contradicted;
        report(kind, name, $"{message.Seq} was {known.From}, {Short(known.Text)}, {known.At}; now it is "
            + $"{message.From}, {Short(message.Text)}, {message.At}");
        return false;
    }
}
