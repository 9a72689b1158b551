using System.Globalization;

namespace Chat.Daemon.Configuration;

/// <summary>
/// Notices changed files by their path, time and size, without opening them. A change counts once two calls in a row see the same state,
/// so a file that is still being written is not read. For one thread at a time.
/// </summary>
/// <param name="files">Called each time: the paths may themselves be settings. Empty paths are ignored.</param>
internal sealed class FileChangeTracker(Func<IEnumerable<string>> files)
{
    private string reported = StateOf(files);
    private string? unsettled;

    /// <summary>Whether the files have changed since the last call that returned true, or since the construction.</summary>
    public bool HasChanged()
    {
        var now = StateOf(files);
        var settled = now != reported && now == unsettled;
        unsettled = now == reported || settled ? null : now;
        if (settled) reported = now;
        return settled;
    }

    private static string StateOf(
        Func<IEnumerable<string>> files) => string.Join('\n', files().Where(file => file.Length > 0).Select(StateOf));

    private static string StateOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return target.Exists
                ? string.Create(CultureInfo.InvariantCulture, $"{target.FullName} {target.LastWriteTimeUtc.Ticks} {target.Length}")
                : path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}
