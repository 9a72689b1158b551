using System.Threading.Channels;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>Tells when sources in a project's folder have changed, and nothing more for a moment: an editor writes in several steps.</summary>
internal sealed class SourceWatch : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private readonly FileSystemWatcher watcher;
    private readonly string folder;
    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public SourceWatch(string folder)
    {
        this.folder = folder;
        watcher = new(folder) { IncludeSubdirectories = true };
        watcher.Changed += Take;
        watcher.Created += Take;
        watcher.Deleted += Take;
        watcher.Renamed += Take;
        watcher.Error += (_, _) => changes.Writer.TryWrite(true); // events were lost, so there were some
        watcher.EnableRaisingEvents = true;
    }

    public async Task NextAsync(CancellationToken cancellation)
    {
        await changes.Reader.WaitToReadAsync(cancellation);
        while (changes.Reader.TryRead(out _)) await Task.Delay(Quiet, TimeProvider.System, cancellation);
    }

    public void Dispose() => watcher.Dispose();

    private void Take(object sender, FileSystemEventArgs change)
    {
        var parts = Path.GetRelativePath(folder, change.FullPath).Split(Path.DirectorySeparatorChar);
        if (!parts.Any(part => part is "bin" or "obj" || part.StartsWith('.'))) changes.Writer.TryWrite(true);
    }
}
