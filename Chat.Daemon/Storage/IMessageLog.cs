

namespace Chat.Daemon.Storage;

/// <summary>A room or a direct conversation, as the log knows it.</summary>
internal readonly record struct ConversationId(long Value);

/// <summary>What is durable of a message.</summary>
/// <param name="Seq">Its number in the conversation, from 1 on, without holes.</param>
/// <param name="From">The sender's name as it was then.</param>
/// <param name="AtMs">Unix time in milliseconds.</param>
/// <param name="Session">Who sent it: ids of clients are told apart by session.</param>
/// <param name="ClientId">The client's own label, by which a resend is known; null where it gave none.</param>
/// <param name="Via">The command that posted it; null for a plain text.</param>
/// <param name="Erased">Its text is gone, its number stays.</param>
internal sealed record LoggedMessage(
    long Seq, string From, string Text, long AtMs, long Session, string? ClientId = null, string? Via = null, bool Erased = false);

/// <summary>The numbers a conversation holds.</summary>
/// <param name="First">The oldest kept; <paramref name="Last"/> + 1 where none is.</param>
/// <param name="Last">The newest ever given, 0 before the first.</param>
internal readonly record struct LogRange(long First, long Last);

internal readonly record struct RememberedId(string ClientId, long Seq);

/// <summary>The durable record of all conversations. It fences: two appends of one number cannot both succeed. Safe from any thread.</summary>
internal interface IMessageLog
{
    /// <summary>Reads the range without scanning messages.</summary>
    ValueTask<LogRange> RangeAsync(ConversationId conversation, CancellationToken cancellation);

    /// <summary>Completes when the messages are as durable as the setting promises. Their numbers continue the conversation without a hole; the list must not change meanwhile.</summary>
    /// <exception cref="LogRefusedException">They are surely not in the log.</exception>
    /// <exception cref="LogOutcomeUnknownException">They may be in the log.</exception>
    Task AppendAsync(ConversationId conversation, IReadOnlyList<LoggedMessage> messages);

    /// <summary>The oldest messages after <paramref name="after"/>, ascending, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<LoggedMessage>> ReadAfterAsync(ConversationId conversation, long after, int limit, CancellationToken cancellation);

    /// <summary>The newest messages before <paramref name="before"/>, ascending, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<LoggedMessage>> ReadBeforeAsync(ConversationId conversation, long before, int limit, CancellationToken cancellation);

    /// <summary>The session's latest client ids in the conversation, oldest first, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<RememberedId>> RecentIdsAsync(ConversationId conversation, long session, int limit, CancellationToken cancellation);
}

/// <summary>The append was rolled back: nothing of it is in the log.</summary>
internal sealed class LogRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The commit failed: whether the append is in the log shows when it is read again.</summary>
internal sealed class LogOutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);
