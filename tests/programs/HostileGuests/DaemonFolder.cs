namespace HostileGuests;

/// <summary>The working folder of the daemons, deleted at the end.</summary>
internal sealed class DaemonFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-hostile-");

    public string FolderPath => folder.FullName;

    private DirectoryInfo Logs => folder.CreateSubdirectory("logs");

    public long LogBytes => Logs.EnumerateFiles().Sum(file => file.Length);

    public int LogFiles => Logs.EnumerateFiles().Count();

    public void DeleteLogs() => Logs.Delete(recursive: true);

    public void Dispose() => folder.Delete(recursive: true);
}
