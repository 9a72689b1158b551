using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Dev;

/// <summary>Builds the plugin into a folder of ours, and shows what the compiler says.</summary>
internal sealed class PluginBuild(string project, DevPlace place, Surroundings around)
{
    /// <returns>The plugin's name; null where it does not build.</returns>
    public async Task<string?> RunAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(place.Build)) Directory.Delete(place.Build, recursive: true); // what is built no more must not be dropped
        await around.Output.WriteLineAsync(Printable.Escape(around.Texts.DevBuilding(project)));
        var (status, output) = await DotnetProgram.RunAsync(
            Path.GetDirectoryName(project)!, around.Texts, cancellation, "build", project, "--output", place.Build, "--verbosity", "quiet", "-nologo");
        if (status != 0 || output.Contains(": warning ", StringComparison.Ordinal)) await ShowAsync(output);
        if (status == 0 && NameOf(place.Build) is { } name) return name;
        await around.Output.WriteLineAsync(around.Texts.DevNotBuilt);
        return null;
    }

    /// <summary>The compiler says some things twice.</summary>
    private async Task ShowAsync(string output)
    {
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct())
            await around.Output.WriteLineAsync(Printable.Escape(line));
    }

    /// <summary>A plugin's build says in one file what it depends on.</summary>
    private static string? NameOf(string folder) =>
        Directory.GetFiles(folder, "*.deps.json") is [var one] ? Path.GetFileName(one)[..^".deps.json".Length] : null;
}
