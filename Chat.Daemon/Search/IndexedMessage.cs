namespace Chat.Daemon.Search;

/// <summary>What the index needs of a message.</summary>
/// <param name="One">The identity of one user of a direct conversation; null in a room.</param>
/// <param name="Other">The same of the other user; null in a room, and in a conversation with oneself.</param>
internal readonly record struct IndexedMessage(long Id, long Conversation, string Sender, string Text, string? One, string? Other);
