using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Configuration;

/// <summary>
/// Reports changed files. It polls once a second: the system's events do not cover network mounts, swapped symbolic links (certbot,
/// Kubernetes) and folders that do not exist yet. For folders whose events are enough, see <see cref="FolderWatcher"/>.
/// </summary>
internal sealed partial class FileWatcher : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Action changed;
    private readonly ILogger logger;
    private readonly ITimer timer;
    private readonly FileChangeTracker fileChangeTracker;

    /// <param name="fileChangeTracker">The state that changes are compared with. Used only here from now on.</param>
    /// <param name="changed">Called on a timer's thread, one call at a time.</param>
    public FileWatcher(FileChangeTracker fileChangeTracker, Action changed, TimeProvider time, ILogger logger)
    {
        (this.fileChangeTracker, this.changed, this.logger) = (fileChangeTracker, changed, logger);
        timer = time.CreateTimer(_ => Poll(), null, Interval, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();

    /// <summary>Completes when no call is running any more.</summary>
    public ValueTask DisposeAsync() => timer.DisposeAsync();

    private void Poll()
    {
        try
        {
            if (fileChangeTracker.HasChanged()) changed();
        }
        catch (Exception e)
        {
            LogFailed(e);
        }
        timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(EventId = 14, EventName = "FileReloadFailed", Level = LogLevel.Error, Message = "Reload of a changed file failed")]
    private partial void LogFailed(Exception exception);
}
