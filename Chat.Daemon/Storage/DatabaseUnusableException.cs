namespace Chat.Daemon.Storage;

/// <summary>The database or its folder can't be used; the message is one sentence that says what to do. The daemon exits with status 4.</summary>
internal sealed class DatabaseUnusableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another process works in the data folder; the message is one sentence that says what to do. The daemon exits with status 3.</summary>
internal sealed class StateFolderInUseException(string message, Exception? inner = null) : Exception(message, inner);
