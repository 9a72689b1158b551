using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Discovery;

/// <summary>Hears of changes in the drop folders, mostly. It says only that it is worth to look; what nobody tells, the next poll sees.</summary>
internal sealed partial class FolderHints : IDisposable
{
    /// <summary>A copy makes many events; a look serves all of a moment.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<string> folders;
    private readonly ILogger log;
    private readonly ITimer timer;
    private int isHeard;
    private readonly Dictionary<string, FileSystemWatcher> watched = [];
    private readonly HashSet<string> unwatchable = [];

    public FolderHints(IReadOnlyList<string> folders, Action ring, TimeProvider time, ILogger<FolderHints> log)
    {
        (this.folders, this.log) = (folders, log);
        timer = time.CreateTimer(_ =>
        {
            isHeard = 0;
            ring();
        }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Watches the folders that have come since, and those that are no longer heard anew. Used by one thread at a time.</summary>
    public void Renew()
    {
        foreach (var folder in folders)
        {
            if (watched.TryGetValue(folder, out var watcher) && (!watcher.EnableRaisingEvents || !Directory.Exists(folder)))
            {
                watched.Remove(folder);
                watcher.Dispose();
            }
            if (Directory.Exists(folder) && !watched.ContainsKey(folder) && !unwatchable.Contains(folder)) Watch(folder);
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        foreach (var watcher in watched.Values) watcher.Dispose();
    }

    private void Watch(string folder)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
            watcher.Changed += (_, _) => Hear();
            watcher.Created += (_, _) => Hear();
            watcher.Deleted += (_, _) => Hear();
            watcher.Renamed += (_, _) => Hear();
            watcher.Error += (_, _) => Hear(); // too much has happened to be told
            watcher.EnableRaisingEvents = true;
            watched[folder] = watcher;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher?.Dispose();
            unwatchable.Add(folder);
            Unwatchable(failure, Printable.Escape(folder));
        }
    }

    private void Hear()
    {
        if (Interlocked.Exchange(ref isHeard, 1) == 0) timer.Change(Moment, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Changes in {Folder} are not heard of at once; it is looked at every few seconds instead.")]
    private partial void Unwatchable(Exception failure, string folder);
}
