namespace Chat.Daemon.Storage;

/// <summary>A direct conversation, as one of its two users sees it.</summary>
/// <param name="OtherName">The other user's name when the conversation began.</param>
internal sealed record StoredDirect(ConversationId Id, string OtherIdentity, string OtherName);
