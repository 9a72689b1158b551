namespace CrashChecker.Judging;

/// <summary>
/// Decides from what clients saw whether the daemon kept its promises. Knows the protocol's text and nothing of the daemon's code. Each
/// promise is a file of this folder. <see cref="ChangePromise"/> judges what changes left of a message, and hands the others the message
/// as it was sent. For one thread at a time.
/// </summary>
internal sealed class Judge
{
    private readonly Dictionary<string, ConversationRecord> conversations = [];
    private readonly Dictionary<string, (ConversationRecord Conversation, long After, long Promised, long GoneBefore)> readings = [];
    private readonly List<Finding> findings = [];
    private readonly DeliveryPromise deliveries;
    private readonly SenderPromise senders;
    private readonly RetentionPromise retention;
    private readonly ChangePromise changes;
    private bool mayForget;

    public Judge()
    {
        senders = new SenderPromise(Report);
        deliveries = new DeliveryPromise(Report);
        retention = new RetentionPromise(Report);
        changes = new ChangePromise(Report, deliveries.PositionOf, retention);
    }

    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>Messages compared in whole readings, each time again.</summary>
    public long Compared { get; private set; }

    public string ChangesSummary => changes.Summary;

    /// <summary>Messages that had been shown and were lost, as allowed.</summary>
    public long Forgotten { get; private set; }

    /// <summary>What is being done to the daemon; findings carry it.</summary>
    public string Moment { get; set; } = "";

    /// <summary>The conversations heard of so far.</summary>
    public IReadOnlyCollection<string> Conversations => conversations.Keys;

    /// <summary>The highest number that anybody was shown.</summary>
    public long LastOf(string conversation) => conversations.GetValueOrDefault(conversation)?.Last ?? 0;

    public void See(Observation observation)
    {
        switch (observation)
        {
            case Observation.Sent sent: senders.Sent(sent); break;
            case Observation.Echoed echoed: Echoed(echoed); break;
            case Observation.Refused refused: Refused(refused); break;
            case Observation.Cut cut: Cut(cut); break;
            case Observation.Left left: Left(left); break;
            case Observation.Delivered delivered: Delivered(delivered); break;
            case Observation.Listed listed: Listed(listed); break;
            case Observation.ReadBegan began: Began(began); break;
            case Observation.ReadEnded ended: Ended(ended); break;
            case Observation.ChangeSent sent: changes.Sent(sent); break;
            case Observation.Changed changed: changes.Changed(changed); break;
            case Observation.Resumed resumed: changes.Resumed(Of(resumed.Conversation), resumed); break;
            case Observation.Settled settled: Settled(settled); break;
            case Observation.Welcomed: break; // a token may be refused only if it was never given
            case Observation.TokenRefused refused: TokenRefused(refused); break;
            case Observation.Unanswered unanswered: senders.Unanswered(unanswered); break;
            case Observation.Limited limited: retention.Limited(limited); break;
            case Observation.SyncEnded: SyncEnded(); break;
            case Observation.PowerLost: PowerLost(); break;
            default: throw new ArgumentException($"no rule for {observation}", nameof(observation));
        }
    }

    /// <summary>Adds a broken promise that no client can see.</summary>
    public void Report(FindingKind kind, string conversation, string text) =>
        findings.Add(new(kind, conversation, text) { Moment = Moment });

    /// <summary>Judges what only the whole history tells.</summary>
    public void Finish()
    {
        senders.JudgeOrder();
        changes.Finish();
    }

    private ConversationRecord Of(string name)
    {
        if (!conversations.TryGetValue(name, out var record))
        {
            record = new ConversationRecord(name, Report, senders.IsSent);
            if (mayForget) record.MayForgetFromHere();
            conversations[name] = record;
        }
        return record;
    }

    private void Echoed(Observation.Echoed echoed)
    {
        var record = Of(echoed.Conversation);
        echoed = echoed with { Message = changes.Restore(record, retention.Restore(record, echoed.Message)) };
        senders.Echoed(echoed);
        deliveries.Echoed(echoed, senders.TimesSent(echoed) > 1);
        Show(echoed.Conversation, echoed.Message);
    }

    private void Delivered(Observation.Delivered delivered)
    {
        deliveries.Delivered(delivered);
        Show(delivered.Conversation, delivered.Message);
    }

    private void Listed(Observation.Listed listed)
    {
        LogReading.JudgeNumbers(listed.Conversation, listed.Messages, Report);
        foreach (var message in listed.Messages) Show(listed.Conversation, message);
    }

    private void Show(string conversation, View message)
    {
        message = changes.Restore(Of(conversation), message);
        Of(conversation).Show(message);
        senders.Shown(conversation, message);
    }

    private void Cut(Observation.Cut cut)
    {
        deliveries.Cut(cut);
        changes.Cut(cut);
        if (cut.After is { } after && cut.Seq < after && !mayForget)
            Report(FindingKind.WentBack, cut.Conversation, $"it ends at {cut.Seq}, but the client knew {after}");
    }

    private void Left(Observation.Left left)
    {
        deliveries.Left(left);
        changes.Left(left);
    }

    private void Refused(Observation.Refused refused)
    {
        senders.Refused(refused);
        changes.Refused(refused);
    }

    private void Settled(Observation.Settled settled)
    {
        deliveries.Settled(settled, LastOf(settled.Conversation));
        changes.Settled(settled);
    }

    private void Began(Observation.ReadBegan began)
    {
        var record = Of(began.Conversation);
        changes.Began(began);
        readings[began.Reading] = (record, began.After, record.Last, retention.FirstOf(record.Name));
    }

    private void Ended(Observation.ReadEnded ended)
    {
        if (!readings.Remove(ended.Reading, out var reading)) throw new ArgumentException($"{ended.Reading} never began", nameof(ended));
        var (record, after, promised, goneBefore) = reading;
        changes.Ended(record.Name, ended);
        ended = ended with { Messages = [.. ended.Messages.Select(message => changes.Restore(record, message))] };
        var complete = retention.JudgeBeginning(record, after, goneBefore, ended.Messages);
        foreach (var message in ended.Messages.Where(message => message.Seq <= complete)) record.Show(message);
        var kept = new LogReading(record, complete, [.. ended.Messages.Where(message => message.Seq > complete)], Report).Judge(promised);
        Compared += Math.Max(promised - complete, 0);
        Forgotten += record.Last - kept;
        if (kept < record.Last) senders.Forget(record.Name, kept);
        record.Truncate(kept);
        if (after == 0 || ended.Messages.Count > 0) record.WasReadAgain(); // else the reading may have begun beyond the end
        foreach (var message in ended.Messages) senders.Shown(record.Name, message);
    }

    private void TokenRefused(Observation.TokenRefused refused)
    {
        if (!mayForget) Report(FindingKind.SessionLost, refused.Session, $"its token was refused with {refused.Code}");
    }

    private void SyncEnded()
    {
        mayForget = true;
        changes.SyncEnded();
        foreach (var record in conversations.Values) record.MayForgetFromHere();
    }

    private void PowerLost()
    {
        changes.PowerLost();
        foreach (var record in conversations.Values) record.MayHaveLostItsEnd();
    }
}
