namespace Chat.Daemon.Configuration;

/// <summary>
/// Reports changes in a folder and below it as the system tells them. Some can be missed, on network mounts above all: poll as well if
/// none may be.
/// </summary>
internal sealed class FolderWatcher : IDisposable
{
    private readonly FileSystemWatcher watcher;

    /// <param name="changed">Called on a pool thread with the path that changed, relative to the folder; empty if events were lost.</param>
    /// <exception cref="IOException">The folder cannot be watched: too many watches, for example.</exception>
    /// <exception cref="ArgumentException">The folder does not exist.</exception>
    public FolderWatcher(string folder, Action<string> changed)
    {
        watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        try
        {
            watcher.Changed += Report;
            watcher.Created += Report;
            watcher.Deleted += Report;
            watcher.Renamed += Report;
            watcher.Error += (_, _) => changed("");
            watcher.EnableRaisingEvents = true;
        }
        catch
        {
            watcher.Dispose();
            throw;
        }

        void Report(object sender, FileSystemEventArgs change) => changed(Path.GetRelativePath(folder, change.FullPath));
    }

    /// <summary>False once watching has failed; then make another watcher.</summary>
    public bool IsActive => watcher.EnableRaisingEvents;

    public void Dispose() => watcher.Dispose();
}
