namespace Chat.Daemon.Plugins.Discovery;

/// <summary>Whoever may write where plugins are dropped may run code as the daemon. Where they are shipped the daemon itself lies. On Windows, where rights are lists, nothing is checked.</summary>
internal static class FolderTrust
{
    /// <summary>A sentence where everybody may write to the file or folder; null where all is well.</summary>
    /// <exception cref="IOException">It can't be looked at, or is a link to nothing.</exception>
    public static Sentence? Problem(string path, PluginOrigin origin)
    {
        if (OperatingSystem.IsWindows() || origin is PluginOrigin.Shipped) return null;
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        // The rights of a link say nothing.
        var target = entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry;
        if (!target.Exists) throw new FileNotFoundException($"{path} is a link to nothing.");
        return target.UnixFileMode.HasFlag(UnixFileMode.OtherWrite)
            ? Sentence.Of(t => t.EverybodyWrites(path))
            : null;
    }
}
