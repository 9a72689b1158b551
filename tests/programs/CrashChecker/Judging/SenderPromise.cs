namespace CrashChecker.Judging;

/// <summary>
/// An echo acknowledges the message as sent; a message sent again has the same number; an error says that it is not in the log; and
/// a sender's messages keep their order.
/// </summary>
internal sealed class SenderPromise(Action<FindingKind, string, string> report)
{
    private const string OutcomeUnknown = "unavailable";

    private readonly Dictionary<(string Session, string Conversation, string Id), SentMessage> messages = [];
    private readonly Dictionary<(string Conversation, string Text), SentMessage> byText = [];
    private readonly List<((string Session, string Conversation, string Id) Key, SentMessage Message)> inOrder = [];

    public bool IsSent(string conversation, string text) => byText.ContainsKey((conversation, text));

    public int TimesSent(Observation.Echoed echoed) =>
        messages.TryGetValue((echoed.Session, echoed.Conversation, echoed.Id), out var message) ? message.Times : 0;

    public void Sent(Observation.Sent sent)
    {
        var key = (sent.Session, sent.Conversation, sent.Id);
        if (!messages.TryGetValue(key, out var message))
        {
            message = new SentMessage(sent.User, sent.Text);
            messages[key] = message;
            inOrder.Add((key, message));
            if (!byText.TryAdd((sent.Conversation, sent.Text), message)) throw new ArgumentException($"'{sent.Text}' was sent before");
        }
        if (message.Text != sent.Text) throw new ArgumentException($"{key} has another text: '{sent.Text}'");
        message.Times++;
    }

    public void Echoed(Observation.Echoed echoed)
    {
        var (conversation, view) = (echoed.Conversation, echoed.Message);
        var label = $"{echoed.Session} {echoed.Id}";
        if (!messages.TryGetValue((echoed.Session, conversation, echoed.Id), out var message))
        {
            report(FindingKind.Invented, conversation, $"an echo of {label}, which was never sent");
            return;
        }
        if (view.Text != message.Text || view.From != message.User)
            report(FindingKind.Altered, conversation, $"the echo of {label} is {view.From}, {ConversationRecord.Short(view.Text)}");
        if (message.Seq is { } seq && seq != view.Seq)
            report(FindingKind.Renumbered, conversation, $"{label} was echoed as {seq} and as {view.Seq}");
        message.Seq ??= view.Seq;
    }

    public void Refused(Observation.Refused refused)
    {
        if (!messages.TryGetValue((refused.Session, refused.Conversation, refused.Id), out var message)) return;
        if (refused.Code == OutcomeUnknown) message.IsUncertain = true; // sent again, it may come after later ones
        else message.Refusal = refused.Code;
        if (message is { Refusal: not null, ShownAs: not null }) ReportRefused(refused.Conversation, message);
    }

    /// <summary>Somebody was shown the message.</summary>
    public void Shown(string conversation, View view)
    {
        if (!byText.TryGetValue((conversation, view.Text), out var message)) return;
        var isNew = message.ShownAs is null;
        message.ShownAs ??= view.Seq;
        if (isNew && message.Refusal is not null) ReportRefused(conversation, message);
    }

    public void Unanswered(Observation.Unanswered unanswered) =>
        report(FindingKind.Unanswered, unanswered.Conversation, $"{unanswered.Session} {unanswered.Id}");

    /// <summary>Numbers beyond were lost, as allowed.</summary>
    public void Forget(string conversation, long last)
    {
        foreach (var (key, message) in inOrder)
        {
            if (key.Conversation != conversation || !(message.Seq > last || message.ShownAs > last)) continue;
            (message.Seq, message.ShownAs, message.IsUncertain) = (null, null, true);
        }
    }

    /// <summary>Compares each sender's numbers in the order of its messages.</summary>
    public void JudgeOrder()
    {
        foreach (var sender in inOrder.GroupBy(message => (message.Key.Session, message.Key.Conversation)))
        {
            var last = 0L;
            foreach (var (key, message) in sender)
            {
                if (message.IsUncertain || message.Seq is not { } seq) continue;
                if (seq < last)
                    report(FindingKind.SentOrder, key.Conversation, $"{key.Session} {key.Id} is {seq}, an earlier one is {last}");
                last = Math.Max(last, seq);
            }
        }
    }

    private void ReportRefused(string conversation, SentMessage message) => report(
        FindingKind.RefusedButLogged, conversation,
        $"{message.ShownAs}, {ConversationRecord.Short(message.Text)}, was refused with {message.Refusal}");

    private sealed class SentMessage(string user, string text)
    {
        public string User => user;

        public string Text => text;

        public int Times { get; set; }

        /// <summary>The number in its first echo.</summary>
        public long? Seq { get; set; }

        public long? ShownAs { get; set; }

        public string? Refusal { get; set; }

        public bool IsUncertain { get; set; }
    }
}
