using Chat.Daemon.Storage.Retention;
using Chat.Protocol;

namespace Chat.Daemon.Storage;

/// <summary>
/// The messages of all conversations and their changes. Of two appends with the same number, only one can succeed. Safe from any thread.
/// </summary>
internal interface IMessageLog
{
    /// <summary>Reads the range without scanning messages.</summary>
    ValueTask<LogRange> RangeAsync(ConversationId conversation, CancellationToken cancellation);

    /// <summary>The ranges of several conversations; those without messages may be missing.</summary>
    ValueTask<IReadOnlyDictionary<ConversationId, LogRange>> RangesAsync(
        IReadOnlyList<ConversationId> conversations, CancellationToken cancellation);

    /// <summary>
    /// How many messages mention the account in each of these conversations after the number given, as far as they are kept; it stops
    /// counting at <see cref="ProtocolLimits.MentionsCounted"/>. Conversations without any are missing.
    /// </summary>
    ValueTask<IReadOnlyDictionary<ConversationId, long>> CountMentionsAsync(
        long account, IReadOnlyDictionary<ConversationId, long> after, CancellationToken cancellation);

    /// <summary>The messages that mention the account, the newest first.</summary>
    /// <param name="rooms">Where to look, beside the account's direct conversations.</param>
    /// <param name="before">A place in the order of all messages.</param>
    /// <param name="limit">At most so many; fewer if much had to be passed over, though there may be more.</param>
    ValueTask<MentionPage> MentionsAsync(
        long account, IReadOnlySet<ConversationId> rooms, long before, int limit, CancellationToken cancellation);

    /// <summary>
    /// Completes when the entries are as durable as the setting promises. The numbers of messages must continue the conversation without a
    /// gap; changes get theirs here. The list must not change until then.
    /// </summary>
    /// <returns>The outcomes of the changes among the entries, in their order.</returns>
    /// <exception cref="LogRefusedException">The entries are not in the log.</exception>
    /// <exception cref="LogOutcomeUnknownException">The entries may be in the log.</exception>
    Task<IReadOnlyList<ChangeOutcome>> AppendAsync(ConversationId conversation, IReadOnlyList<LogEntry> entries);

    /// <summary>The oldest messages after <paramref name="after"/>, ascending.</summary>
    ValueTask<IReadOnlyList<LoggedMessage>> ReadAfterAsync(PageRequest page, long after, CancellationToken cancellation);

    /// <summary>The newest messages before <paramref name="before"/>, ascending.</summary>
    ValueTask<IReadOnlyList<LoggedMessage>> ReadBeforeAsync(PageRequest page, long before, CancellationToken cancellation);

    /// <summary>
    /// Messages that have changed since, in the order of their last change: those whose number is at most <paramref name="through"/>.
    /// </summary>
    ValueTask<IReadOnlyList<LoggedMessage>> ReadChangedAsync(PageRequest page, long rev, long through, CancellationToken cancellation);

    /// <summary>The changes after <paramref name="rev"/>, in their order, without texts.</summary>
    ValueTask<IReadOnlyList<LoggedChange>> ChangesAfterAsync(
        ConversationId conversation, long rev, int limit, CancellationToken cancellation);

    /// <summary>
    /// The session's latest client ids in the conversation: of messages, and of changes, at most <paramref name="limit"/> of each; of each
    /// the oldest first.
    /// </summary>
    ValueTask<IReadOnlyList<LoggedClientId>> RecentIdsAsync(
        ConversationId conversation, long session, int limit, CancellationToken cancellation);

    /// <summary>
    /// The identity's direct conversations that have messages, the one with the newest message or change first, at most
    /// <paramref name="limit"/>. Reads no others.
    /// </summary>
    ValueTask<IReadOnlyList<ConversationTail>> LatestDirectsAsync(string identity, int limit, CancellationToken cancellation);

    /// <summary>
    /// Removes, from all conversations, the oldest messages that retention no longer keeps: nobody reads them afterwards. Their numbers are
    /// not given again, and a message sent again is recognized for as long as the protocol promises.
    /// </summary>
    /// <param name="standard">The rule for conversations without one of their own.</param>
    /// <returns>How many messages were removed.</returns>
    Task<long> PruneAsync(RetentionRule standard, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Erases what it holds in memory of an author; rows of the database are erased one slice after the other.</summary>
    /// <param name="identity">Whose messages, changes and reactions.</param>
    /// <param name="texts">Erase the texts too, not only the name.</param>
    void EraseAuthor(string identity, string replacement, bool texts);

    /// <summary>Frees the memory of a conversation that was deleted, and that nobody appends to or reads any more.</summary>
    void Forget(ConversationId conversation);
}
