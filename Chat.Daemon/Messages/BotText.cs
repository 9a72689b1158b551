namespace Chat.Daemon.Messages;

/// <summary>What a bot says, and where.</summary>
/// <param name="ReplyTo">The number of the message that it answers.</param>
internal readonly record struct BotText(BotPlace Place, string Text, long? ReplyTo);
