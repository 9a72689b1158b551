namespace Chat.Daemon.Configuration;

/// <summary>Notices that files have changed: that they look otherwise than before, and the same at two looks, so that nobody is writing them. Used by one thread at a time.</summary>
/// <param name="files">Asked at each look: which files may itself be a setting.</param>
internal sealed class FileChangeTracker(Func<IEnumerable<string>> files)
{
    private string seen = StampOf(files);
    private string? moving;

    /// <summary>Since the last time that it said so, or since it was made.</summary>
    public bool HasChanged()
    {
        var now = StampOf(files);
        var settled = now != seen && now == moving;
        moving = now == seen || settled ? null : now;
        if (settled) seen = now;
        return settled;
    }

    private static string StampOf(Func<IEnumerable<string>> files) => string.Join('\n', files().Where(file => file.Length > 0).Select(FileStamp.Of));
}
