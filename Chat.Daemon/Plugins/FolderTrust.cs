namespace Chat.Daemon.Plugins;

/// <summary>Whoever may write where plugins lie may run code as the daemon. On Windows, where rights are lists, nothing is checked.</summary>
internal static class FolderTrust
{
    /// <summary>A sentence where everybody may write to the file or folder; null where all is well.</summary>
    /// <exception cref="IOException">It can't be looked at.</exception>
    public static string? Problem(string path)
    {
        if (OperatingSystem.IsWindows()) return null;
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        // The rights of a link say nothing.
        var target = entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry;
        return target.UnixFileMode.HasFlag(UnixFileMode.OtherWrite)
            ? $"Everybody may write to {path}, and what lies there would run as the daemon: chmod o-w it first."
            : null;
    }
}
