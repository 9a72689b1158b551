namespace Chat.Daemon.Plugins.Discovery;

internal enum PluginOrigin
{
    /// <summary>Came with the program.</summary>
    Shipped,

    /// <summary>Lies in a folder of <c>Chat:Plugins:Folders</c>.</summary>
    Dropped,
}

/// <summary>Where a plugin lies: a folder <c>Name/Name.dll</c> with its private dependencies, or a single <c>Name.dll</c>.</summary>
/// <param name="Assembly">Full path of the DLL; of a folder, whether or not it holds one.</param>
/// <param name="Folder">Null for a single DLL.</param>
internal sealed record PluginSource(string Name, string Assembly, string? Folder, PluginOrigin Origin)
{
    /// <summary>A link to a folder above would never end.</summary>
    private const int Deepest = 8;

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, MaxRecursionDepth = Deepest + 1, AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>What the operator would delete to be rid of it.</summary>
    public string Path => Folder ?? Assembly;

    /// <summary>All that belongs to it; of a single DLL its symbols too, for the line numbers in the log.</summary>
    /// <exception cref="IOException">They can't be listed, or lie too deep.</exception>
    public IEnumerable<string> Files => Folder is { } all
        ? AllIn(all)
        : new[] { Assembly, System.IO.Path.ChangeExtension(Assembly, ".pdb") }.Where(File.Exists);

    /// <exception cref="IOException">They can't be listed, or lie too deep.</exception>
    public static IEnumerable<string> AllIn(string folder) => Directory.EnumerateFiles(folder, "*", Everything).Select(file =>
        System.IO.Path.GetRelativePath(folder, file).Count(c => c == System.IO.Path.DirectorySeparatorChar) <= Deepest ? file
            : throw new IOException($"{file} lies deeper than {Deepest} folders."));
}

/// <summary>Where the daemon looks for plugins, and where it puts its own copies of them.</summary>
/// <param name="Shipped">Beside the program; need not exist.</param>
/// <param name="Dropped">In the order of the settings; need not exist.</param>
/// <param name="Staged">Only the daemon writes there.</param>
internal sealed record PluginPlaces(string Shipped, IReadOnlyList<string> Dropped, string Staged)
{
    /// <summary>The operator's, of one plugin: beside where it was dropped; of a shipped one in the first drop folder, as the program's own folder is not the operator's.</summary>
    public string SettingsOf(PluginSource source) => System.IO.Path.Combine(
        source.Origin is PluginOrigin.Dropped ? System.IO.Path.GetDirectoryName(source.Path)! : Dropped.Count > 0 ? Dropped[0] : Shipped, source.Name + ".json");

    public static PluginPlaces Of(IReadOnlyList<string> dropFolders, string dataFolder) =>
        new(System.IO.Path.Combine(AppContext.BaseDirectory, "Plugins"), dropFolders, System.IO.Path.Combine(dataFolder, "plugins"));
}
