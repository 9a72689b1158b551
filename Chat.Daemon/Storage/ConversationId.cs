namespace Chat.Daemon.Storage;

/// <summary>A room or a direct conversation, in the message log.</summary>
internal readonly record struct ConversationId(long Value);
