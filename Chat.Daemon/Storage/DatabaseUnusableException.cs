using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Storage;

/// <summary>Cannot use the database or its folder.</summary>
internal sealed class DatabaseUnusableException(Func<StorageTexts, string> say, Exception? inner = null)
    : StorageUnusableException(ExitStatus.DatabaseUnusable, say, inner);
