namespace Chat.Daemon.Plugins.Discovery;

/// <summary>
/// Anyone who can write to a drop folder can run code as the daemon. Shipped plugins are beside the daemon itself. On Windows nothing is
/// checked, because access rights there are lists.
/// </summary>
internal static class FolderTrust
{
    /// <summary>Why the file or folder cannot be trusted: everyone can write to it. Null if it can.</summary>
    /// <exception cref="IOException">It cannot be read, or is a link to nothing.</exception>
    public static LocalizedText? ProblemOf(string path, PluginOrigin origin)
    {
        if (OperatingSystem.IsWindows() || origin is PluginOrigin.Shipped) return null;
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        var target = entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry; // a link's own mode says nothing
        if (!target.Exists) throw new FileNotFoundException($"{path} is a link to nothing.");
        return target.UnixFileMode.HasFlag(UnixFileMode.OtherWrite) ? LocalizedText.Of(t => t.WorldWritable(path)) : null;
    }
}
