namespace Chat.Daemon.Configuration;

internal sealed class RetentionOptions(SettingReader read)
{
    public int Days { get; } = read.Integer("Chat:Retention:Days", 0, "days; 0 = forever", 0, 36_500,
        "How long messages are kept, in rooms and direct conversations. Older ones are removed for good, so by default none are. A room "
        + "may have its own limit (/retencao).");

    public int MessagesPerConversation { get; } = read.Integer(
        "Chat:Retention:MessagesPerConversation", 0, "messages; 0 = all", 0, 1_000_000_000,
        "Messages kept in each room and direct conversation; the oldest are removed first. With Chat:Retention:Days, the stricter of the "
        + "two limits applies. A room may have its own limit (/retencao).");
}
