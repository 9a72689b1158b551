namespace Chat.Fuzz.Tests;

/// <summary>A folder for the running input, deleted at the end.</summary>
internal sealed class FindingsFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-fuzz-");

    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
