namespace Chat.Daemon.Storage;

/// <summary>Messages that mention an account, the newest first.</summary>
/// <param name="Found">Each with its place in the order of all messages.</param>
/// <param name="Before">Where the next page begins; null if there is none.</param>
internal sealed record MentionPage(IReadOnlyList<(long Order, ConversationId Conversation, long Seq)> Found, long? Before);
