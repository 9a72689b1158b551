using System.Text;

namespace Chat.Daemon.Storage;

/// <summary>A message as it is stored.</summary>
/// <param name="Seq">Its number in the conversation, from 1 without gaps.</param>
/// <param name="From">The sender's name at that time.</param>
/// <param name="Via">The command that posted it; null for plain text.</param>
/// <param name="Erased">The text was deleted; the number stays.</param>
internal sealed record LoggedMessage(
    long Seq, string From, string Text, long AtMs, long Session, string? ClientId = null, string? Via = null, bool Erased = false)
    : LogEntry(AtMs, Session, ClientId)
{
    /// <summary>The sender's identity. Null in old messages whose session is gone.</summary>
    public string? Identity { get; init; }

    /// <summary>The number of the message that it answers.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>The names of the accounts that it mentions, separated by spaces.</summary>
    public string? Mentions { get; init; }

    /// <summary>Their accounts: known when it is appended, not when it is read.</summary>
    public IReadOnlyList<long>? MentionedAccounts { get; init; }

    /// <summary>The last change to it.</summary>
    public long? Rev { get; init; }

    /// <summary>When its text was last replaced, in Unix milliseconds.</summary>
    public long? EditedAtMs { get; init; }

    /// <summary>Read only for a viewer.</summary>
    public IReadOnlyList<LoggedReaction>? Reactions { get; init; }

    public override int TextLength => Text.Length;

    /// <summary>The least that it takes in a frame.</summary>
    public int FrameBytes => Erased ? 0 : Encoding.UTF8.GetByteCount(Text) + (Reactions?.Sum(reaction => reaction.FrameBytes) ?? 0);
}
