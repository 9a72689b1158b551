namespace CrashChecker.Judging;

/// <summary>
/// Edits, deletions and reactions are numbered by <c>rev</c> without holes or repeats and in one order with the messages for everybody;
/// answered ones survive, every reading shows what the last of them left, and a client that resumes by <c>rev</c> gets what it missed.
/// </summary>
/// <param name="positionOf">The last message that a connection got live.</param>
internal sealed class ChangePromise(
    Action<FindingKind, string, string> report, Func<string, string, long> positionOf, RetentionPromise retention)
{
    private readonly Dictionary<string, ChangeRecord> conversations = [];
    private readonly Dictionary<(string Connection, string Conversation), long> cursors = [];
    private readonly Dictionary<string, long> promised = [];
    private readonly ChangeSenders senders = new(report);
    private readonly List<Observation.Resumed> resumed = [];
    private long compared;
    private bool mayForget;

    public string Summary =>
        $"{conversations.Values.Sum(record => record.Last)} changes in {conversations.Count} conversations; {compared} comparisons of "
        + $"changed messages; {resumed.Count} clients resumed, {resumed.Count(one => one.Messages.Count > 0)} of them had missed some";

    public void Sent(Observation.ChangeSent sent) => senders.Sent(sent);

    public void Refused(Observation.Refused refused) => senders.Refused(refused);

    public void Cut(Observation.Cut cut)
    {
        cursors.TryAdd((cut.Connection, cut.Conversation), cut.Rev);
        if (cut.AfterRev is { } after && cut.Rev < after && !mayForget)
            report(FindingKind.WentBack, cut.Conversation, $"its last change is {cut.Rev}, but the client knew {after}");
    }

    public void Left(Observation.Left left) => cursors.Remove((left.Connection, left.Conversation));

    public void Changed(Observation.Changed changed)
    {
        if (changed.Id is null) Deliver(changed, senders.Told);
        else if (senders.Answered(changed) is not { } asked || changed.Rev is not { } rev) return;
        else if (senders.IsSentAgain(changed) && IsRepeated(changed, rev)) Of(changed.Conversation).Tell(rev, changed.From, asked, true);
        else Deliver(changed, _ => { });
    }

    /// <summary>The message as it was before its changes, which are judged here.</summary>
    public View Restore(ConversationRecord record, View shown)
    {
        var isChanged = shown.Rev > 0 || (record.Find(shown.Seq)?.Text != shown.Text && senders.MayLookSo(record.Name, shown));
        if (!isChanged || record.Find(shown.Seq) is not { } known) return shown;
        compared++;
        if (shown.Rev > 0) Of(record.Name).Show(known.Text, shown);
        return shown with { Text = known.Text, Erased = known.Erased, Rev = 0, Reactions = "" };
    }

    public void Began(Observation.ReadBegan began) => promised[began.Reading] = Of(began.Conversation).Last;

    /// <summary>Nothing that it shows may be older than what was told before it began.</summary>
    public void Ended(string conversation, Observation.ReadEnded ended)
    {
        promised.Remove(ended.Reading, out var before);
        var record = Of(conversation);
        if (record.ReadAgain(ended.Rev, before)) senders.Forget(conversation, ended.Rev);
        foreach (var shown in ended.Messages)
        {
            if (record.LastOf(shown.Seq, before) is var last && shown.Rev < last)
                report(FindingKind.Stale, conversation, $"{shown.Seq} was shown as of change {shown.Rev}, after {last} had been told");
        }
    }

    /// <summary>Judged at the end: some of the changes may be known only then.</summary>
    public void Resumed(ConversationRecord record, Observation.Resumed observation)
    {
        foreach (var shown in observation.Messages) Restore(record, shown);
        var gone = retention.MayBeGone(record);
        resumed.Add(observation with { First = gone + 1 });
    }

    public void Settled(Observation.Settled settled)
    {
        var last = Of(settled.Conversation).Last;
        if (cursors.TryGetValue((settled.Connection, settled.Conversation), out var cursor) && cursor < last)
            report(FindingKind.Undelivered, settled.Conversation, $"{settled.Connection} got the changes up to {cursor} of {last}");
    }

    public void SyncEnded()
    {
        mayForget = true;
        foreach (var record in conversations.Values) record.MayForgetFromHere();
    }

    public void PowerLost()
    {
        foreach (var record in conversations.Values) record.MayHaveLostItsEnd();
    }

    public void Finish()
    {
        foreach (var (name, record) in conversations) record.Finish(senders.Unanswered(name));
        foreach (var observation in resumed) Judge(observation);
    }

    private ChangeRecord Of(string name)
    {
        if (conversations.TryGetValue(name, out var record)) return record;
        conversations[name] = record = new(name, report);
        if (mayForget) record.MayForgetFromHere();
        return record;
    }

    /// <summary>The answer to one sent again may repeat an earlier one, and is no delivery.</summary>
    private bool IsRepeated(Observation.Changed changed, long rev) =>
        !cursors.TryGetValue((changed.Connection, changed.Conversation), out var cursor) || rev <= cursor;

    private void Deliver(Observation.Changed changed, Action<Observation.Changed> told)
    {
        if (changed.Rev is not { } rev)
        {
            report(FindingKind.Invented, changed.Conversation, $"{changed.Connection} was told a change without rev");
            return;
        }
        told(changed);
        var record = Of(changed.Conversation);
        record.Tell(rev, changed.From, changed.Change, isAsked: changed.Id is not null);
        if (!cursors.TryGetValue((changed.Connection, changed.Conversation), out var cursor))
        {
            if (changed.Id is null) report(FindingKind.Uninvited, changed.Conversation, $"change {rev} came to {changed.Connection}");
            return;
        }
        if (rev <= cursor) report(FindingKind.Disordered, changed.Conversation, $"{changed.Connection} got change {rev} after {cursor}");
        else if (rev > cursor + 1) report(FindingKind.Hole, changed.Conversation, $"{changed.Connection} got change {rev} after {cursor}");
        cursors[(changed.Connection, changed.Conversation)] = Math.Max(rev, cursor);
        record.Place(rev, positionOf(changed.Connection, changed.Conversation));
    }

    private void Judge(Observation.Resumed observation)
    {
        var (conversation, after) = (observation.Conversation, observation.After);
        var got = observation.Messages.Select(shown => shown.Seq).ToHashSet();
        var missed = Of(conversation).ChangedBetween(observation.AfterRev, observation.Rev)
            .Where(seq => seq <= after && seq >= observation.First && !got.Contains(seq)).Order().ToList();
        if (missed.Count > 0)
            report(FindingKind.Missed, conversation, $"who resumed after {observation.AfterRev} did not get {string.Join(", ", missed)}");
        foreach (var shown in observation.Messages.Where(shown => shown.Rev <= observation.AfterRev || shown.Seq > after))
            report(FindingKind.Missed, conversation, $"who resumed after {observation.AfterRev} got {shown.Seq} of {shown.Rev}");
    }
}
