using System.Threading.Channels;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>Tells when sources in the folders of projects have changed, and nothing more for a moment: an editor writes in several steps.</summary>
internal sealed class SourceWatch : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private readonly Dictionary<string, FileSystemWatcher> watchers = [];
    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <returns>Whether one of the folders was not followed before.</returns>
    public bool Follow(IEnumerable<string> folders)
    {
        var fresh = folders.Where(folder => !watchers.ContainsKey(folder)).ToList();
        foreach (var folder in fresh) watchers[folder] = Watch(folder);
        return fresh.Count > 0;
    }

    public async Task NextAsync(CancellationToken cancellation)
    {
        await changes.Reader.WaitToReadAsync(cancellation);
        while (changes.Reader.TryRead(out _)) await Task.Delay(Quiet, TimeProvider.System, cancellation);
    }

    public void Dispose()
    {
        foreach (var watcher in watchers.Values) watcher.Dispose();
    }

    private FileSystemWatcher Watch(string folder)
    {
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.Changed += Take;
        watcher.Created += Take;
        watcher.Deleted += Take;
        watcher.Renamed += Take;
        watcher.Error += (_, _) => changes.Writer.TryWrite(true); // events were lost, so there were some
        watcher.EnableRaisingEvents = true;
        return watcher;

        void Take(object sender, FileSystemEventArgs change)
        {
            var parts = Path.GetRelativePath(folder, change.FullPath).Split(Path.DirectorySeparatorChar);
            if (!parts.Any(part => part is "bin" or "obj" || part.StartsWith('.'))) changes.Writer.TryWrite(true);
        }
    }
}
