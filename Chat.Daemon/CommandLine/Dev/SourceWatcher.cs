using System.Threading.Channels;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>Reports changed sources once they have settled: an editor saves a file in several steps.</summary>
internal sealed class SourceWatcher : IDisposable
{
    private static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(300);

    private readonly Dictionary<string, FolderWatcher> watchers = [];
    private readonly Channel<bool> changes =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <returns>Whether a folder is new.</returns>
    public bool Watch(IEnumerable<string> folders)
    {
        var added = folders.Where(folder => !watchers.ContainsKey(folder)).ToList();
        foreach (var folder in added) watchers[folder] = new FolderWatcher(folder, OnChange);
        return added.Count > 0;
    }

    public async Task NextChangeAsync(CancellationToken cancellation)
    {
        await changes.Reader.WaitToReadAsync(cancellation);
        while (changes.Reader.TryRead(out _)) await Task.Delay(SettleTime, TimeProvider.System, cancellation);
    }

    public void Dispose()
    {
        foreach (var watcher in watchers.Values) watcher.Dispose();
    }

    private void OnChange(string path)
    {
        if (!path.Split(Path.DirectorySeparatorChar).Any(IsIgnored)) changes.Writer.TryWrite(true);
    }

    private static bool IsIgnored(string part) => part is "bin" or "obj" || part.StartsWith('.');
}
