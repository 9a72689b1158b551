namespace Chat.Daemon.Storage;

/// <summary>The readers of the message database.</summary>
/// <param name="failed">Called with what a read threw.</param>
/// <param name="threads">Those that read; null for the callers'.</param>
internal class DatabaseReaders(Func<ReaderConnection> open, int most, Action<Exception> failed, ReaderThreads? threads = null)
    : ReaderPool<ReaderConnection>(open, most, failed, threads);
