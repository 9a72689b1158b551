namespace CrashChecker.Judging;

/// <summary>
/// A change sent again has the same <c>rev</c>, an error says that it is not in the log, and every change that is told was asked for.
/// </summary>
internal sealed class ChangeSenders(Action<FindingKind, string, string> report)
{
    private const string OutcomeUnknown = "unavailable";

    private readonly Dictionary<(string Session, string Conversation, string Id), SentChange> changes = [];
    private readonly HashSet<(string Conversation, string User, Change Change)> asked = [];
    private readonly Dictionary<(string Conversation, string Text), SentChange> edits = [];

    public void Sent(Observation.ChangeSent sent)
    {
        var key = (sent.Session, sent.Conversation, sent.Id);
        if (!changes.TryGetValue(key, out var change)) changes[key] = change = new(sent.User, sent.Change);
        if (change.Change != sent.Change) throw new ArgumentException($"{key} is another change: {sent.Change}");
        asked.Add((sent.Conversation, sent.User, sent.Change));
        if (sent.Change.Kind == ChangeKind.Edit) edits[(sent.Conversation, sent.Change.Content)] = change;
        change.Times++;
    }

    public bool IsSentAgain(Observation.Changed changed) => Find(changed) is { Times: > 1 };

    /// <summary>Whether somebody asked to give the message this text, or to delete it.</summary>
    public bool MayLookSo(string conversation, View shown) => shown.Erased
        ? asked.Any(one => one.Conversation == conversation && one.Change.Seq == shown.Seq && one.Change.Kind == ChangeKind.Delete)
        : edits.TryGetValue((conversation, shown.Text), out var edit) && edit.Change.Seq == shown.Seq;

    /// <returns>The change as it was asked for; null if nobody did.</returns>
    public Change? Answered(Observation.Changed changed)
    {
        var label = $"{changed.Session} {changed.Id}";
        if (Find(changed) is not { } sent)
        {
            report(FindingKind.Invented, changed.Conversation, $"an answer to the change {label}, which was never sent");
            return null;
        }
        var told = changed.Change.Content.Length == 0 ? changed.Change with { Content = sent.Change.Content } : changed.Change;
        if (told != sent.Change || changed.From != sent.User)
            report(FindingKind.Altered, changed.Conversation, $"the answer to {label}, {sent.Change}, is {changed.From}, {changed.Change}");
        if (sent.IsDone && sent.Rev != changed.Rev)
            report(FindingKind.Renumbered, changed.Conversation, $"the change {label} was answered with {sent.Rev} and {changed.Rev}");
        if (!sent.IsDone) sent.Rev = changed.Rev;
        sent.IsDone = true;
        return sent.Change;
    }

    public void Told(Observation.Changed changed)
    {
        if (!asked.Contains((changed.Conversation, changed.From, changed.Change)))
            report(FindingKind.Invented, changed.Conversation, $"change {changed.Rev}, {changed.From}, {changed.Change}");
        if (Edit(changed) is not { } edit) return;
        edit.ToldAs ??= changed.Rev;
        ReportIfRefused(changed.Conversation, edit);
    }

    public void Refused(Observation.Refused refused)
    {
        if (refused.Code == OutcomeUnknown) return;
        if (!changes.TryGetValue((refused.Session, refused.Conversation, refused.Id), out var change)) return;
        if (change.Rev is { } rev)
            report(FindingKind.Renumbered, refused.Conversation, $"change {rev}, {change.Change}, was refused with {refused.Code}");
        change.Refusal = refused.Code;
        ReportIfRefused(refused.Conversation, change);
    }

    /// <summary>How many of the conversation may be in the log without anybody knowing.</summary>
    public int Unanswered(string conversation) =>
        changes.Count(change => change.Key.Conversation == conversation && change.Value is { IsDone: false, Refusal: null });

    /// <summary>Changes beyond were lost, as allowed.</summary>
    public void Forget(string conversation, long last)
    {
        foreach (var (key, change) in changes)
        {
            if (key.Conversation != conversation || !(change.Rev > last || change.ToldAs > last)) continue;
            (change.Rev, change.ToldAs, change.IsDone) = (null, null, false);
        }
    }

    private SentChange? Find(Observation.Changed changed) =>
        changes.GetValueOrDefault((changed.Session ?? "", changed.Conversation, changed.Id ?? ""));

    private SentChange? Edit(Observation.Changed changed) =>
        changed.Change.Kind == ChangeKind.Edit ? edits.GetValueOrDefault((changed.Conversation, changed.Change.Content)) : null;

    private void ReportIfRefused(string conversation, SentChange change)
    {
        if (change is not { Refusal: { } code, ToldAs: { } rev }) return;
        report(FindingKind.RefusedButLogged, conversation, $"change {rev}, {change.Change}, was refused with {code}");
    }

    private sealed class SentChange(string user, Change change)
    {
        public string User => user;

        public Change Change => change;

        public int Times { get; set; }

        /// <summary>It was answered; without a number if there was nothing to do.</summary>
        public bool IsDone { get; set; }

        public long? Rev { get; set; }

        public long? ToldAs { get; set; }

        public string? Refusal { get; set; }
    }
}
