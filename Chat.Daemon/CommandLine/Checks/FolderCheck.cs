using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Files;

namespace Chat.Daemon.CommandLine.Checks;

/// <summary>Checks that the daemon can use its folders. Leaves nothing behind.</summary>
internal static class FolderCheck
{
    public static IEnumerable<CheckResult> Results(ChatOptions options, bool isDataHeld, ProgramTexts texts) =>
    [
        Data(options.DataFolder, isDataHeld, texts),
        new(
            texts.CheckFolder("Chat:Logging:Folder", options.Logging.Folder),
            WriteProblem(options.Logging.Folder, "Chat:Logging:Folder", texts)),
        .. options.Plugins.Folders.Select(
            folder => new CheckResult(texts.CheckFolder("Chat:Plugins:Folders", folder), ReadProblem(folder, texts))),
    ];

    private static CheckResult Data(string folder, bool isHeld, ProgramTexts texts)
    {
        var name = texts.CheckFolder("Chat:Data:Folder", folder);
        return isHeld
            ? new(name, texts.FolderHeld, ExitStatus.InUse) { IsHeld = true }
            : new(name, WriteProblem(folder, "Chat:Data:Folder", texts), ExitStatus.DatabaseUnusable);
    }

    /// <summary>For a folder that does not exist, checks the existing folder that would contain it.</summary>
    public static string? WriteProblem(string folder, string key, ProgramTexts texts)
    {
        try
        {
            var existing = Path.GetFullPath(folder);
            while (existing is not null && !Path.Exists(existing))
                existing = Path.GetDirectoryName(existing);
            if (existing is null)
                return texts.FolderNotWritable(key, folder);
            var probe = Path.Combine(existing, $".chatd-{Guid.NewGuid():N}");
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return StateFolder.IsReadOnly(e) ? texts.FolderReadOnly(key, folder) : texts.FolderNotWritable(key, folder);
        }
    }

    private static string? ReadProblem(string folder, ProgramTexts texts)
    {
        try
        {
            if (File.Exists(folder))
                return texts.FolderNotReadable("Chat:Plugins:Folders", folder);
            if (Directory.Exists(folder))
                _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return texts.FolderNotReadable("Chat:Plugins:Folders", folder);
        }
    }
}
