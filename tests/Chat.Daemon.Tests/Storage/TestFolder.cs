namespace Chat.Daemon.Tests.Storage;

/// <summary>A folder of one test's own, deleted at its end.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("chat-test-");

    /// <summary>Does not exist yet.</summary>
    public string Data => Path.Combine(root.FullName, "data");

    public string Database => Path.Combine(Data, "chat.db");

    public void Dispose() => root.Delete(recursive: true);
}
