namespace Chat.Daemon.Storage;

/// <summary>
/// Another process uses the data folder. The message is one sentence and says what to do. The daemon exits with status 3.
/// </summary>
internal sealed class StateFolderInUseException(string message, Exception? inner = null) : Exception(message, inner);
