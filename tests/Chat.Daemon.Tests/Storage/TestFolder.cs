namespace Chat.Daemon.Tests.Storage;

/// <summary>A temporary folder for one test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("chat-test-");

    /// <summary>The data folder's path; the folder does not exist yet.</summary>
    public string Data => Path.Combine(root.FullName, "data");

    public string Database => Path.Combine(Data, "chat.db");

    public void Dispose() => root.Delete(recursive: true);
}
