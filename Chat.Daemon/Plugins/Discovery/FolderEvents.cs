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
    private readonly Dictionary<string, FileSystemWatcher> watchers = [];
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
            if (watchers.TryGetValue(folder, out var watcher) && (!watcher.EnableRaisingEvents || !Directory.Exists(folder)))
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
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
            watcher.Changed += (_, _) => OnEvent();
            watcher.Created += (_, _) => OnEvent();
            watcher.Deleted += (_, _) => OnEvent();
            watcher.Renamed += (_, _) => OnEvent();
            watcher.Error += (_, _) => OnEvent(); // too many events to report
            watcher.EnableRaisingEvents = true;
            watchers[folder] = watcher;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher?.Dispose();
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
