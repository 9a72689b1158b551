namespace Chat.Daemon.Storage;

/// <param name="Last">The number of the conversation's newest message.</param>
internal readonly record struct ConversationTail(ConversationId Conversation, long Last);
