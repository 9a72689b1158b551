using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>One <c>chatd dev</c> a project: two would build it at the same moment, over the same files. It ends with the process, however that ends.</summary>
internal sealed class DevClaim : IDisposable
{
    private readonly FileStream held;

    /// <exception cref="StartupException">Another one has it, or it can't be had.</exception>
    public DevClaim(string project, ProgramTexts texts)
    {
        var file = Path.Combine(Path.GetDirectoryName(project)!, "obj", $"{Path.GetFileName(project)}.chatd-dev");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw File.Exists(file) ? new StartupException(ExitStatus.InUse, texts.DevTaken(project)) : new(ExitStatus.WrongUsage, texts.FileNotWritable(file, e.Message));
        }
    }

    public void Dispose() => held.Dispose();
}
