namespace Chat.Daemon.Storage;

/// <summary>The id that a client gave a message or a change, and the number that it got.</summary>
/// <param name="Number">The <c>seq</c> of a message; the <c>rev</c> of a change, negative.</param>
internal readonly record struct LoggedClientId(string ClientId, long Number);
