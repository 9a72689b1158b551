

namespace Chat.Daemon.Storage;

/// <summary>A conversation's latest number.</summary>
internal readonly record struct ConversationTail(ConversationId Conversation, long Last);

/// <summary>The order in which conversations were last written to, which the message log alone knows. Safe from any thread.</summary>
internal interface INewestFirst
{
    /// <summary>Those of the conversations that have had messages, the one with the newest message first, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<ConversationTail>> NewestFirstAsync(IReadOnlyList<ConversationId> conversations, int limit, CancellationToken cancellation);
}
