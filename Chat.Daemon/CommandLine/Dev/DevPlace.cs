namespace Chat.Daemon.CommandLine.Dev;

/// <summary>The temporary folder of one <c>chatd dev</c>: what is built, what is dropped, and the data where no others are given.</summary>
internal sealed class DevPlace : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chatd-dev-");

    public string Build => this["build"];

    /// <summary>What a build is told beside the project.</summary>
    public string Targets => this["dev.targets"];

    public string Plugins => this["Plugins"];

    public string Data => this["data"];

    private string this[string name] => Path.Combine(folder.FullName, name);

    /// <summary>Whether something was dropped.</summary>
    public bool HasPlugin => Directory.Exists(Plugins);

    /// <summary>What is built no more must not be dropped.</summary>
    public void Clear()
    {
        if (Directory.Exists(Build)) Directory.Delete(Build, recursive: true);
    }

    /// <summary>Puts what was built in the place of what was dropped before; the daemon sees one or the other.</summary>
    /// <returns>False where both are the same.</returns>
    public bool Drop(string name)
    {
        var (target, old) = (Path.Combine(Directory.CreateDirectory(Plugins).FullName, name), this["old"]);
        if (Directory.Exists(target) && AreSame(Build, target)) return false;
        if (Directory.Exists(target)) Directory.Move(target, old);
        Directory.Move(Build, target);
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        return true;
    }

    /// <summary>The daemon's copies of plugins are read-only.</summary>
    public void Dispose()
    {
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories)) file.IsReadOnly = false;
        folder.Delete(recursive: true);
    }

    private static bool AreSame(string one, string other) =>
        FilesOf(one).SetEquals(FilesOf(other)) && FilesOf(one).All(file => File.ReadAllBytes(Path.Combine(one, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(other, file))));

    private static HashSet<string> FilesOf(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))];
}
