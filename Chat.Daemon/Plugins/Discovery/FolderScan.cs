using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Plugins.Discovery;

/// <summary>What lies in a folder of plugins, by name. Nothing is opened yet.</summary>
/// <param name="Problem">Why the folder is not used; null where it is, or is not there.</param>
internal sealed record FolderScan(IReadOnlyList<PluginSource> Sources, string? Problem = null)
{
    private static readonly EnumerationOptions Visible = new() { AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = false, MatchCasing = MatchCasing.CaseInsensitive };

    public static FolderScan Of(string path, PluginOrigin origin)
    {
        try
        {
            var folder = new DirectoryInfo(Path.GetFullPath(path));
            if (IsAbsent(folder)) return new([]);
            if (FolderTrust.Problem(folder.FullName, origin) is { } problem) return new([], problem.English);
            var folders = folder.EnumerateDirectories("*", Visible).Where(HoldsPlugin)
                .Select(d => new PluginSource(d.Name, Path.Combine(d.FullName, d.Name + ".dll"), d.FullName, origin));
            var files = folder.EnumerateFiles("*.dll", Visible).Select(f => new PluginSource(Path.GetFileNameWithoutExtension(f.Name), f.FullName, null, origin));
            return new([.. folders.Concat(files).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.Path, StringComparer.Ordinal)]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new([], Printable.Escape($"The folder can't be read ({failure.Message.TrimEnd('.')}): allow the daemon to read {path}."));
        }
    }

    /// <summary>Surely, and not only out of reach: what fails otherwise is told by its reading, as a network share that hangs is.</summary>
    private static bool IsAbsent(DirectoryInfo folder)
    {
        try
        {
            _ = File.GetAttributes(folder.FullName);
            return false;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
    }

    /// <summary>Sources and what a build leaves of them are no plugins: the default drop folder has the name of our folder of sources.</summary>
    private static bool HoldsPlugin(DirectoryInfo folder) =>
        folder.Name is not ("bin" or "obj") && !Holds(folder, "*.*proj", unreadable: false) && Holds(folder, "*.dll", unreadable: true);

    /// <summary>A folder that can't be read is taken for a plugin, whose copying will fail and tell why.</summary>
    private static bool Holds(DirectoryInfo folder, string pattern, bool unreadable)
    {
        try
        {
            return folder.EnumerateFiles(pattern, Visible).Any();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return unreadable;
        }
    }
}
