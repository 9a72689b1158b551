using System.Globalization;
using System.Text;

namespace Chat.Daemon.Plugins.Discovery;

/// <summary>A plugin's files: a folder <c>Name/Name.dll</c> with its private dependencies, or a single <c>Name.dll</c>.</summary>
/// <param name="Assembly">Full path of the DLL. A folder may lack it.</param>
/// <param name="Folder">Null for a single DLL.</param>
internal sealed record PluginSource(string Name, string Assembly, string? Folder, PluginOrigin Origin)
{
    /// <summary>A link to a parent folder would never end.</summary>
    private const int MaxDepth = 8;

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = MaxDepth + 1,
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
    };

    /// <summary>What the operator would delete to remove the plugin.</summary>
    public string Path => Folder ?? Assembly;

    /// <summary>A single DLL includes its symbols, for line numbers in the log.</summary>
    /// <exception cref="IOException">The files cannot be listed, or are nested too deep.</exception>
    public IEnumerable<string> Files => Folder is { } folder
        ? FilesIn(folder)
        : new[] { Assembly, System.IO.Path.ChangeExtension(Assembly, ".pdb") }.Where(File.Exists);

    /// <exception cref="IOException">The files cannot be listed, or are nested too deep.</exception>
    public static IEnumerable<string> FilesIn(string folder) => Directory.EnumerateFiles(folder, "*", Everything).Select(file =>
        System.IO.Path.GetRelativePath(folder, file).Count(c => c == System.IO.Path.DirectorySeparatorChar) <= MaxDepth ? file
            : throw new IOException($"{file} is nested deeper than {MaxDepth} folders."));

    /// <summary>Paths, sizes and times of all files, to compare with an earlier snapshot. Opens nothing.</summary>
    public string Snapshot()
    {
        try
        {
            var snapshot = new StringBuilder();
            foreach (var file in Files.Order(StringComparer.Ordinal)) Append(snapshot, file);
            return snapshot.ToString();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message; // if this lasts, copying the files fails too, and reports why
        }
    }

    /// <summary>The newest time of the files; null if it cannot be read.</summary>
    public DateTimeOffset? LastWriteTime()
    {
        try
        {
            var times = Files.Select(File.GetLastWriteTimeUtc);
            return Folder is { } folder ? times.Append(Directory.GetLastWriteTimeUtc(folder)).Max() : times.DefaultIfEmpty().Max();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The creation time distinguishes a moved file from another of the same length and write time.</summary>
    private static void Append(StringBuilder snapshot, string path)
    {
        var file = new FileInfo(path);
        var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        var times = $"{target.LastWriteTimeUtc.Ticks} {target.CreationTimeUtc.Ticks}";
        snapshot.Append(CultureInfo.InvariantCulture, $"{path} {target.FullName} {target.Length} {times}\n");
    }
}
