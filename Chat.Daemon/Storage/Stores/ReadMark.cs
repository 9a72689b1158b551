namespace Chat.Daemon.Storage.Stores;

/// <summary>How far an account has read in a conversation.</summary>
internal readonly record struct ReadMark(ConversationId Conversation, long Account, long Read, bool IsOfRoom);
