namespace Chat.Daemon.CommandLine.Dev;

/// <summary>Builds the plugin into a folder of ours, and shows what the compiler says.</summary>
internal sealed class PluginBuild(string project, DevPlace place, ProcessEnvironment around)
{
    /// <summary>The project alone goes into our folder: <c>--output</c> would put there all that it refers to, also what only its build needs.</summary>
    private const string Redirection = """
        <Project>
          <PropertyGroup Condition="'$(MSBuildProjectFullPath)' == '$(ChatDevProject)'">
            <OutDir>$(ChatDevOutput)</OutDir>
          </PropertyGroup>
        </Project>
        """;

    private static readonly string[] Ends = ["Build FAILED.", "Build succeeded."];

    /// <returns>Whether it builds.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        place.Clear();
        await around.Output.WriteLineAsync(WorkingFolder.Shown(around.Texts.DevBuilding(project)));
        await File.WriteAllTextAsync(place.Targets, Redirection, cancellation);
        var (status, output) = await DotnetProgram.RunAsync(
            Path.GetDirectoryName(project)!, around.Texts, cancellation, "build", project, "--verbosity", "quiet", "-nologo",
            $"-p:CustomBeforeMicrosoftCommonTargets={place.Targets}", $"-p:ChatDevProject={project}", $"-p:ChatDevOutput={place.Build}{Path.DirectorySeparatorChar}");
        if (status != 0 || output.Contains(": warning ", StringComparison.Ordinal)) await ShowAsync(output);
        if (status == 0) return true;
        await around.Output.WriteLineAsync(place.HasPlugin ? around.Texts.DevNotBuilt : around.Texts.DevNotBuiltYet);
        return false;
    }

    /// <summary>The compiler says some things twice, at its end all of them, and behind each which project it is about.</summary>
    private async Task ShowAsync(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var said = lines.TakeWhile(line => !Ends.Contains(line)).Select(line => line.Replace($" [{project}]", "", StringComparison.Ordinal)).Distinct().ToList();
        foreach (var line in said.Count > 0 ? said : [.. lines])
            await around.Output.WriteLineAsync(WorkingFolder.Shown(line));
    }
}
