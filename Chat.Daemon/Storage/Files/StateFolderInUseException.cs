using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Storage.Files;

/// <summary>Another process uses the data folder.</summary>
internal sealed class StateFolderInUseException(Func<StorageTexts, string> say, Exception? inner = null)
    : StorageUnusableException(ExitStatus.InUse, say, inner);
