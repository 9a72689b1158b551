using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Configuration;

/// <summary>Tells when files change. It looks once a second instead of waiting for the kernel's word, because that one is not heard for network mounts, for swapped symbolic links (certbot, Kubernetes) and for folders that do not exist yet.</summary>
internal sealed partial class FileWatcher : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Action changed;
    private readonly ILogger logger;
    private readonly ITimer timer;
    private readonly FileChangeTracker sight;

    /// <param name="sight">What changes count from; nobody else's.</param>
    /// <param name="changed">Called on a timer's thread, never twice at a time.</param>
    public FileWatcher(FileChangeTracker sight, Action changed, TimeProvider time, ILogger logger)
    {
        (this.sight, this.changed, this.logger) = (sight, changed, logger);
        timer = time.CreateTimer(_ => Look(), null, Interval, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();

    /// <summary>Completes when nothing is told any more.</summary>
    public ValueTask DisposeAsync() => timer.DisposeAsync();

    private void Look()
    {
        try
        {
            if (sight.HasChanged())
                changed();
        }
        catch (Exception e)
        {
            LogFailed(e);
        }
        timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(LogLevel.Error, "A changed file could not be taken over.")]
    private partial void LogFailed(Exception exception);
}
