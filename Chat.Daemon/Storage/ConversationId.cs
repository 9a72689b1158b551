namespace Chat.Daemon.Storage;

/// <summary>A room or a direct conversation, in the message log.</summary>
internal readonly record struct ConversationId(long Value)
{
    /// <summary>A list of them as a parameter for <c>json_each</c>.</summary>
    public static string Json(IEnumerable<ConversationId> ids) => $"[{string.Join(',', ids.Select(id => id.Value))}]";
}
