using Chat.Daemon.Accounts;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Messages;

/// <summary>A change of a message that is about to be logged.</summary>
/// <param name="kind">One of <see cref="Protocol.ChangeKind"/>.</param>
/// <param name="seq">The message.</param>
internal sealed class PendingChange(Sender sender, string kind, long seq) : PendingAppend(sender)
{
    public string Kind => kind;

    public long Seq => seq;

    /// <summary>The new text of an edit, as typed, or as a filter replaced it. Fixed once the change is queued.</summary>
    public string? Text { get; set; }

    /// <summary>Whom the new text mentions. Fixed once the change is queued.</summary>
    public Mentioned? Mentions { get; set; }

    public string? Emoji { get; init; }

    /// <summary>The other user of a direct conversation. Null in a room.</summary>
    public ChatUser? Recipient { get; init; }

    /// <summary>What the log got.</summary>
    public LoggedChange? Logged { get; private set; }

    /// <summary>The outcome.</summary>
    public ChangeOutcome Decided { get; private set; }

    public override long? Number => -Decided.Rev;

    public override int Bytes => 192 + (2 * (Text?.Length ?? 0));

    public override LogEntry ToEntry(long messageSeq, long atMs) =>
        Logged = new LoggedChange(kind, seq, Sender.Name, Sender.User.Identity.Key, atMs, Sender.Session, ClientId)
        {
            Text = Text,
            Mentions = Mentions?.Names,
            MentionedAccounts = Mentions?.Accounts,
            Emoji = Emoji,
        };

    public override Refusal? RefusalIn(string? room) => Decided.Refusal is { } code ? new Refusal(code, room) : null;

    public void Complete(ChangeOutcome outcome)
    {
        Decided = outcome;
        if (outcome.Rev is { } rev) Logged = Logged! with { Rev = rev };
    }
}
