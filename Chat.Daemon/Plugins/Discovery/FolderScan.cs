using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Plugins.Discovery;

/// <summary>The plugins in one folder, by name. Opens none of their files.</summary>
/// <param name="Problem">Why the folder cannot be used; null if it can, or does not exist.</param>
internal sealed record FolderScan(IReadOnlyList<PluginSource> Sources, string? Problem = null)
{
    private static readonly EnumerationOptions Visible = new()
    {
        AttributesToSkip = FileAttributes.Hidden,
        IgnoreInaccessible = false,
        MatchCasing = MatchCasing.CaseInsensitive,
    };

    public static FolderScan Of(string path, PluginOrigin origin)
    {
        try
        {
            var folder = new DirectoryInfo(Path.GetFullPath(path));
            if (IsMissing(folder)) return new([]);
            if (FolderTrust.ProblemOf(folder.FullName, origin) is { } problem) return new([], problem.English);
            var folders = folder.EnumerateDirectories("*", Visible).Where(IsPlugin)
                .Select(d => new PluginSource(d.Name, Path.Combine(d.FullName, d.Name + ".dll"), d.FullName, origin));
            var files = folder.EnumerateFiles("*.dll", Visible)
                .Select(f => new PluginSource(Path.GetFileNameWithoutExtension(f.Name), f.FullName, null, origin));
            var sources = folders.Concat(files).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase);
            return new([.. sources.ThenBy(s => s.Path, StringComparer.Ordinal)]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new([], Printable.Escape($"It cannot be read ({failure.Message.TrimEnd('.')}). Allow the daemon to read {path}."));
        }
    }

    /// <summary>A folder that is only out of reach, such as a network share, is not missing: reading it fails and reports why.</summary>
    private static bool IsMissing(DirectoryInfo folder)
    {
        try
        {
            _ = File.GetAttributes(folder.FullName);
            return false;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
    }

    /// <summary>Skips source code and build output: our source folder has the name of the default drop folder, <c>Plugins</c>.</summary>
    private static bool IsPlugin(DirectoryInfo folder) => folder.Name is not ("bin" or "obj")
        && !Contains(folder, "*.*proj", ifUnreadable: false) && Contains(folder, "*.dll", ifUnreadable: true);

    /// <summary>An unreadable folder counts as a plugin, so that copying it fails and reports why.</summary>
    private static bool Contains(DirectoryInfo folder, string pattern, bool ifUnreadable)
    {
        try
        {
            return folder.EnumerateFiles(pattern, Visible).Any();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ifUnreadable;
        }
    }
}
