namespace Chat.Daemon.Accounts;

/// <summary>Who is muted, and where.</summary>
/// <param name="Conversation">0: everywhere.</param>
internal readonly record struct MuteKey(string Identity, long Conversation);
