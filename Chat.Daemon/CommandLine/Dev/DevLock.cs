using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>
/// Allows one <c>chatd dev</c> per project: two would build over the same files. The system releases it when the process ends.
/// </summary>
internal sealed class DevLock : IDisposable
{
    private readonly FileStream file;

    /// <exception cref="StartupException">Another process holds the lock, or its file cannot be written.</exception>
    public DevLock(string project, ProgramTexts texts)
    {
        var path = Path.Combine(Path.GetDirectoryName(project)!, "obj", $"{Path.GetFileName(project)}.chatd-dev");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            this.file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw File.Exists(path)
                ? new StartupException(ExitStatus.InUse, texts.DevTaken(project))
                : new StartupException(ExitStatus.WrongUsage, texts.FileNotWritable(path, e.Message));
        }
    }

    public void Dispose() => file.Dispose();
}
