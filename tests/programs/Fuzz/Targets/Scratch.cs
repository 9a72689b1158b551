namespace Fuzz.Targets;

/// <summary>A folder for parsers that read files; in memory where the system has such a place.</summary>
internal static class Scratch
{
    private static readonly DirectoryInfo Made = Make();

    public static string Folder => Made.FullName;

    private static DirectoryInfo Make()
    {
        var memory = new DirectoryInfo("/dev/shm");
        var folder = memory.Exists
            ? memory.CreateSubdirectory($"chat-fuzz-{Environment.ProcessId}")
            : Directory.CreateTempSubdirectory("chat-fuzz-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(folder);
        return folder;
    }

    private static void Delete(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories)) file.IsReadOnly = false;
        folder.Delete(recursive: true);
    }
}
