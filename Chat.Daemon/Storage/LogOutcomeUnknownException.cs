namespace Chat.Daemon.Storage;

/// <summary>The commit failed: read the log to find out whether the write is stored.</summary>
internal sealed class LogOutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);
