namespace Chat.Daemon.CommandLine;

/// <summary>A file that only its owner may read, and that has its name only once it is complete and on the disk.</summary>
internal static class NewFile
{
    /// <exception cref="IOException">It exists, or cannot be written.</exception>
    public static async Task WriteAsync(string target, Func<FileStream, Task> write)
    {
        var unfinished = target + ".unfinished";
        File.Delete(unfinished);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var file = new FileStream(unfinished, options))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, target);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
