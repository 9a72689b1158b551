namespace Chat.Daemon.CommandLine.Dev;

/// <summary>The temporary folder of <c>chatd dev</c>: build output, dropped plugin, and data unless --data names a folder.</summary>
internal sealed class DevFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chatd-dev-");

    public string Build => this["build"];

    /// <summary>The MSBuild file that redirects the project's output.</summary>
    public string Targets => this["dev.targets"];

    public string Plugins => this["Plugins"];

    public string Data => this["data"];

    private string this[string name] => Path.Combine(folder.FullName, name);

    /// <summary>Whether a plugin was dropped.</summary>
    public bool HasPlugin => Directory.Exists(Plugins);

    /// <summary>Deletes the previous build, so that no stale file is dropped.</summary>
    public void Clear()
    {
        if (Directory.Exists(Build)) Directory.Delete(Build, recursive: true);
    }

    /// <summary>Replaces the dropped plugin with the build. The daemon sees either one, never a mixture.</summary>
    /// <returns>False if both are the same.</returns>
    public bool Drop(string name)
    {
        var (target, old) = (Path.Combine(Directory.CreateDirectory(Plugins).FullName, name), this["old"]);
        if (Directory.Exists(target) && AreSame(Build, target)) return false;
        if (Directory.Exists(target)) Directory.Move(target, old);
        Directory.Move(Build, target);
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        return true;
    }

    /// <summary>Clears the read-only flag first: the daemon's copies of plugins have it.</summary>
    public void Dispose()
    {
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories)) file.IsReadOnly = false;
        folder.Delete(recursive: true);
    }

    private static bool AreSame(string one, string other) =>
        FilesOf(one).SetEquals(FilesOf(other)) && FilesOf(one).All(file =>
            File.ReadAllBytes(Path.Combine(one, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(other, file))));

    private static HashSet<string> FilesOf(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))];
}
