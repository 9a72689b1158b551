namespace Chat.Daemon.Storage;

/// <summary>A conversation, and the numbers of the messages that are kept.</summary>
internal readonly record struct ConversationTail(ConversationId Conversation, LogRange Range);
