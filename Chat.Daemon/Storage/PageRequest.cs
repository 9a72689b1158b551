namespace Chat.Daemon.Storage;

/// <summary>A page of a conversation's messages.</summary>
/// <param name="Limit">
/// The most messages. Long ones are fewer: as many as a frame can hold, and one that shows where it ends.
/// </param>
internal sealed record PageRequest(ConversationId Conversation, int Limit)
{
    /// <summary>The identity that will see the page. Null if nobody will: then reactions are not read.</summary>
    public string? Viewer { get; init; }

    /// <summary>Only the answers to that message.</summary>
    public long? RepliesTo { get; init; }
}
