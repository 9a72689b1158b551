using Chat.Daemon.Accounts;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Messages;

/// <summary>A message that is about to be logged.</summary>
internal sealed class PendingMessage(Sender sender, string text) : PendingAppend(sender)
{
    /// <summary>As typed, or as a filter replaced it. Fixed once the message is queued.</summary>
    public string Text { get; set; } = text;

    /// <summary>The command that posts the message. Null for typed text.</summary>
    public string? Via { get; init; }

    /// <summary>The other user of a direct conversation. Null in a room.</summary>
    public ChatUser? Recipient { get; init; }

    /// <summary>Whom the text mentions. Fixed once the message is queued.</summary>
    public Mentioned? Mentions { get; set; }

    /// <summary>The number of the message that it answers.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>Set by the sequencer when it numbers the message.</summary>
    public LoggedMessage? Logged { get; private set; }

    public override long? Number => Logged?.Seq;

    public override int Bytes => 128 + (2 * Text.Length);

    public override LogEntry ToEntry(long seq, long atMs) =>
        Logged = new LoggedMessage(seq, Sender.Name, Text, atMs, Sender.Session, ClientId, Via)
        {
            Identity = Sender.User.Identity.Key,
            ReplyTo = ReplyTo,
            Mentions = Mentions?.Names,
            MentionedAccounts = Mentions?.Accounts,
        };
}
