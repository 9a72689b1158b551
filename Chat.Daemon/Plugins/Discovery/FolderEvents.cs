using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Discovery;

/// <summary>
/// Wakes the reconcile loop when files in the drop folders change. Only a hint to scan at once: events can be lost, and the next poll finds
/// what they miss.
/// </summary>
internal sealed partial class FolderEvents : IDisposable
{
    /// <summary>A copy causes many events; one scan is enough for all of them.</summary>
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(100);

    private readonly ILogger log;
    private readonly ITimer timer;
    private bool isPending;
    private readonly Dictionary<string, FolderWatcher> watchers = [];
    private readonly HashSet<string> unwatchable = [];

    public FolderEvents(ReconcileSignal signal, TimeProvider time, ILogger<FolderEvents> log)
    {
        this.log = log;
        timer = time.CreateTimer(_ =>
        {
            Volatile.Write(ref isPending, false);
            signal.Wake();
        }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Watches folders that have appeared since the last call, and replaces failed watchers. One thread at a time.</summary>
    public void Watch(IEnumerable<string> folders)
    {
        foreach (var folder in folders)
        {
            if (watchers.TryGetValue(folder, out var watcher) && (!watcher.IsActive || !Directory.Exists(folder)))
            {
                watchers.Remove(folder);
                watcher.Dispose();
            }
            if (Directory.Exists(folder) && !watchers.ContainsKey(folder) && !unwatchable.Contains(folder)) Watch(folder);
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        foreach (var watcher in watchers.Values) watcher.Dispose();
    }

    private void Watch(string folder)
    {
        try
        {
            watchers[folder] = new FolderWatcher(folder, _ => OnEvent());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            unwatchable.Add(folder);
            LogUnwatchable(failure, Printable.Escape(folder));
        }
    }

    private void OnEvent()
    {
        if (!Interlocked.Exchange(ref isPending, true)) timer.Change(Debounce, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(
        EventId = 771, EventName = "PluginFolderUnwatchable", Level = LogLevel.Information,
        Message = "Cannot watch {Folder}; polling it every few seconds.")]
    private partial void LogUnwatchable(Exception failure, string folder);
}
