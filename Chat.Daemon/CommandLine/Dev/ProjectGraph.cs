using System.Text.Json;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>
/// A project and the projects that it references, as the SDK evaluates them. A project is read again when its file has changed.
/// </summary>
internal sealed class ProjectGraph(string project, ProgramTexts texts)
{
    private readonly Dictionary<string, Reading> read = [];

    /// <summary>The name of the assembly that the project builds.</summary>
    public async Task<string> NameAsync(CancellationToken cancellation) => (await ReadAsync(project, cancellation)).Name;

    /// <summary>The folders of all projects, the main project's first.</summary>
    public async Task<IReadOnlyList<string>> FoldersAsync(CancellationToken cancellation)
    {
        var (found, open) = (new List<string>(), new Queue<string>([project]));
        while (open.TryDequeue(out var next))
        {
            if (found.Contains(next) || !File.Exists(next)) continue;
            found.Add(next);
            foreach (var reference in (await ReadAsync(next, cancellation)).References) open.Enqueue(reference);
        }
        return [.. found.Select(path => Path.GetDirectoryName(path)!).Distinct()];
    }

    private async Task<Reading> ReadAsync(string path, CancellationToken cancellation)
    {
        var written = File.GetLastWriteTimeUtc(path);
        if (read.TryGetValue(path, out var known) && known.Written == written) return known;
        var (status, output) = await DotnetCommand.RunAsync(
            Path.GetDirectoryName(path)!, texts, cancellation,
            "msbuild", path, "-nologo", "-getProperty:TargetName", "-getItem:ProjectReference");
        // A project that cannot be read does not build either, and the build says why.
        return read[path] = status == 0 ? Parse(output, written) : new(written, Path.GetFileNameWithoutExtension(path), []);
    }

    private static Reading Parse(string output, DateTime written)
    {
        using var json = JsonDocument.Parse(output[output.IndexOf('{')..]);
        return new(written,
            json.RootElement.GetProperty("Properties").GetProperty("TargetName").GetString()!,
            [
                .. json.RootElement.GetProperty("Items").GetProperty("ProjectReference").EnumerateArray()
                    .Select(item => item.GetProperty("FullPath").GetString()!),
            ]);
    }

    private sealed record Reading(DateTime Written, string Name, IReadOnlyList<string> References);
}
