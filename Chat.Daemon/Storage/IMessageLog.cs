namespace Chat.Daemon.Storage;

/// <summary>The messages of all conversations. Of two appends with the same number, only one can succeed. Safe from any thread.</summary>
internal interface IMessageLog
{
    /// <summary>Reads the range without scanning messages.</summary>
    ValueTask<LogRange> RangeAsync(ConversationId conversation, CancellationToken cancellation);

    /// <summary>
    /// Completes when the messages are as durable as the setting promises. Their numbers must continue the conversation without a gap.
    /// The list must not change until then.
    /// </summary>
    /// <exception cref="LogRefusedException">The messages are not in the log.</exception>
    /// <exception cref="LogOutcomeUnknownException">The messages may be in the log.</exception>
    Task AppendAsync(ConversationId conversation, IReadOnlyList<LoggedMessage> messages);

    /// <summary>
    /// The oldest messages after <paramref name="after"/>, ascending, at most <paramref name="limit"/>. Long ones are fewer: as many as
    /// a frame can hold, and one that shows where it ends.
    /// </summary>
    ValueTask<IReadOnlyList<LoggedMessage>> ReadAfterAsync(
        ConversationId conversation, long after, int limit, CancellationToken cancellation);

    /// <summary>
    /// The newest messages before <paramref name="before"/>, ascending, at most <paramref name="limit"/>, and no more long ones than in
    /// <see cref="ReadAfterAsync"/>.
    /// </summary>
    ValueTask<IReadOnlyList<LoggedMessage>> ReadBeforeAsync(
        ConversationId conversation, long before, int limit, CancellationToken cancellation);

    /// <summary>The session's latest client ids in the conversation, oldest first, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<LoggedClientId>> RecentIdsAsync(
        ConversationId conversation, long session, int limit, CancellationToken cancellation);

    /// <summary>
    /// The identity's direct conversations that have messages, the one with the newest message first, at most <paramref name="limit"/>.
    /// Reads no others.
    /// </summary>
    ValueTask<IReadOnlyList<ConversationTail>> LatestDirectsAsync(string identity, int limit, CancellationToken cancellation);
}
