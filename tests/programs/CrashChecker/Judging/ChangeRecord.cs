namespace CrashChecker.Judging;

/// <summary>The changes of one conversation that anybody was told, by <c>rev</c>, and what they leave of each message.</summary>
internal sealed class ChangeRecord(string name, Action<FindingKind, string, string> report)
{
    private readonly Dictionary<long, Told> byRev = [];
    private readonly Dictionary<long, SortedSet<long>> bySeq = [];
    private readonly List<(long Rev, Change One, Change Other)> doubts = [];
    private readonly HashSet<(string Original, View Shown)> seen = [];
    private readonly List<(string Original, View Shown)> undecided = [];
    private bool isEndKnown = true;

    /// <summary>The highest <c>rev</c> told.</summary>
    public long Last { get; private set; }

    /// <summary>Every change up to this one is known.</summary>
    public long Complete { get; private set; }

    /// <summary>Changes up to this one must survive.</summary>
    public long Safe { get; private set; } = long.MaxValue;

    /// <summary>Takes note of a change, and compares it with what was told before under its number.</summary>
    /// <param name="isAsked">It is known from the one who asked for it, and not only as it was told.</param>
    public void Tell(long rev, string from, Change change, bool isAsked)
    {
        if (!byRev.TryGetValue(rev, out var known)) Add(rev, new(from, change));
        else if (known.From == from && known.Change == change) return;
        else if (known.From != from || known.Change.Seq != change.Seq || !IsOfText(known.Change) || !IsOfText(change))
            report(FindingKind.Contradicted, name, $"change {rev} was {known.From}, {known.Change}; now it is {from}, {change}");
        else
        {
            doubts.Add((rev, known.Change, change));
            if (isAsked) byRev[rev] = known with { Change = change };
        }
    }

    /// <summary>A connection got the change after the message <paramref name="seq"/>: all must.</summary>
    public void Place(long rev, long seq)
    {
        var known = byRev[rev];
        if (known.After is { } after && after != seq)
            report(FindingKind.Disordered, name, $"change {rev} came after message {after} to one, and after {seq} to another");
        byRev[rev] = known with { After = known.After ?? seq };
    }

    /// <summary>The last change of a message among those up to <paramref name="rev"/>; 0 if there is none.</summary>
    public long LastOf(long seq, long rev) =>
        rev > 0 && bySeq.TryGetValue(seq, out var revs) ? revs.GetViewBetween(1, rev).Max : 0;

    /// <summary>The messages that changed after one number and up to another.</summary>
    public IEnumerable<long> ChangedBetween(long after, long rev) =>
        byRev.Where(change => change.Key > after && change.Key <= rev).Select(change => change.Value.Change.Seq).Distinct();

    /// <summary>The message was shown so; judged as soon as every change up to its <c>rev</c> is known.</summary>
    public void Show(string original, View shown)
    {
        if (!seen.Add((original, shown))) return;
        undecided.Add((original, shown));
        Decide();
    }

    /// <summary>What is told from here on may be lost.</summary>
    public void MayForgetFromHere()
    {
        if (isEndKnown) Safe = Last;
    }

    public void MayHaveLostItsEnd() => isEndKnown = false;

    /// <summary>Everything was read again, and the last change is <paramref name="rev"/>.</summary>
    /// <param name="promised">The last that was told before the reading began.</param>
    /// <returns>Whether changes were lost; then they are forgotten.</returns>
    public bool ReadAgain(long rev, long promised)
    {
        isEndKnown = true;
        if (rev >= promised || rev >= Last) return false;
        if (rev < Safe) report(FindingKind.Lost, name, $"the changes after {rev}, of {Math.Min(Safe, promised)} that were told");
        Truncate(rev);
        return true;
    }

    /// <param name="unanswered">Changes of unknown outcome: their numbers may be unknown.</param>
    public void Finish(int unanswered)
    {
        var missing = Enumerable.Range(1, (int)Last).Where(rev => !byRev.ContainsKey(rev)).ToList();
        if (missing.Count > unanswered)
            report(FindingKind.Hole, name, $"{missing.Count} changes up to {Last} are nobody's, the first of them {missing[0]}");
        foreach (var (rev, one, other) in doubts.Where(doubt => !IsExcused(doubt.Rev, doubt.One, doubt.Other)))
            report(FindingKind.Contradicted, name, $"change {rev} was told as {one} and as {other}");
        foreach (var seq in bySeq.Keys) JudgeEach(seq);
    }

    private static bool IsOfText(Change change) => change.Kind is ChangeKind.Edit or ChangeKind.Delete;

    private void Add(long rev, Told told)
    {
        byRev[rev] = told;
        if (!bySeq.TryGetValue(told.Change.Seq, out var revs)) bySeq[told.Change.Seq] = revs = [];
        revs.Add(rev);
        Last = Math.Max(Last, rev);
        if (rev != Complete + 1) return;
        while (byRev.ContainsKey(Complete + 1)) Complete++;
        Decide();
    }

    private void Decide()
    {
        foreach (var (original, shown) in undecided.Where(one => one.Shown.Rev <= Complete).ToList())
        {
            undecided.Remove((original, shown));
            var expected = Fold(original, shown);
            if (expected != shown)
            {
                report(FindingKind.Misapplied, name, $"{shown.Seq} is {Describe(shown)}; its changes up to {shown.Rev} leave "
                    + $"{Describe(expected)}");
            }
        }
    }

    private View Fold(string original, View shown)
    {
        var state = new MessageState(original);
        var last = 0L;
        foreach (var rev in bySeq.GetValueOrDefault(shown.Seq) ?? [])
        {
            if (rev > shown.Rev) break;
            state.Apply(byRev[rev].From, byRev[rev].Change);
            last = rev;
        }
        return shown with { Text = state.Text, Erased = state.Erased, Reactions = state.Reactions, Rev = last };
    }

    /// <summary>A change that changes nothing gets no number.</summary>
    private void JudgeEach(long seq)
    {
        var state = new MessageState("");
        foreach (var rev in bySeq[seq].TakeWhile(rev => rev <= Complete))
            if (!state.Apply(byRev[rev].From, byRev[rev].Change))
                report(FindingKind.Idle, name, $"change {rev}, {byRev[rev].From}, {byRev[rev].Change}");
    }

    /// <summary>What was committed and told later is told by the message as it is then.</summary>
    private bool IsExcused(long rev, Change one, Change other) => bySeq[one.Seq].Where(later => later > rev)
        .Select(later => byRev[later].Change).Any(later => IsSameText(later, one) || IsSameText(later, other));

    private static bool IsSameText(Change later, Change told) => IsOfText(later) && later == told;

    private void Truncate(long last)
    {
        foreach (var rev in byRev.Keys.Where(rev => rev > last).ToList())
            if (byRev.Remove(rev, out var lost)) bySeq[lost.Change.Seq].Remove(rev);
        foreach (var seq in bySeq.Where(revs => revs.Value.Count == 0).Select(revs => revs.Key).ToList()) bySeq.Remove(seq);
        doubts.RemoveAll(doubt => doubt.Rev > last);
        undecided.RemoveAll(one => one.Shown.Rev > last);
        seen.RemoveWhere(one => one.Shown.Rev > last);
        (Last, Complete) = (Math.Min(Last, last), Math.Min(Complete, last));
    }

    private static string Describe(View view) =>
        $"{(view.Erased ? "erased" : ConversationRecord.Short(view.Text))} [{view.Reactions}] of {view.Rev}";

    private sealed record Told(string From, Change Change)
    {
        /// <summary>The message before it, in the one order of all.</summary>
        public long? After { get; init; }
    }
}
