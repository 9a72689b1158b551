namespace Chat.Daemon.Storage;

/// <summary>The id that a client gave a message, and the number that the message got.</summary>
internal readonly record struct LoggedClientId(string ClientId, long Seq);
