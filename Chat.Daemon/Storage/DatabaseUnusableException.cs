namespace Chat.Daemon.Storage;

/// <summary>
/// Cannot use the database or its folder. The message is one sentence and says what to do. The daemon exits with status 4.
/// </summary>
internal sealed class DatabaseUnusableException(string message, Exception? inner = null) : Exception(message, inner);
