namespace Chat.Daemon.Storage;

/// <summary>A change of a message, as it is asked for and as it is stored.</summary>
/// <param name="Kind">One of <see cref="Protocol.ChangeKind"/>.</param>
/// <param name="Seq">The message.</param>
/// <param name="From">The name of who changed it, at that time.</param>
/// <param name="Identity">The identity of who changed it.</param>
internal sealed record LoggedChange(
    string Kind, long Seq, string From, string Identity, long AtMs, long Session, string? ClientId = null)
    : LogEntry(AtMs, Session, ClientId)
{
    /// <summary>Its number in the conversation, from 1 without gaps. 0 until the log has given one.</summary>
    public long Rev { get; init; }

    /// <summary>The new text of an edit. It is kept with the message, not with the change.</summary>
    public string? Text { get; init; }

    /// <inheritdoc cref="LoggedMessage.Mentions"/>
    public string? Mentions { get; init; }

    /// <summary>Their accounts: known when it is appended, not when it is read.</summary>
    public IReadOnlyList<long>? MentionedAccounts { get; init; }

    /// <summary>The emoji of a reaction.</summary>
    public string? Emoji { get; init; }

    public override int TextLength => Text?.Length ?? 0;
}
