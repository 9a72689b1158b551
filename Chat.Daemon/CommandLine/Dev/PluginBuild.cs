namespace Chat.Daemon.CommandLine.Dev;

/// <summary>Builds the plugin into our folder, and shows the compiler's messages.</summary>
internal sealed class PluginBuild(string project, DevFolder folder, ProcessEnvironment environment)
{
    /// <summary>Redirects only this project's output: <c>--output</c> would also put the projects there that it references.</summary>
    private const string Redirection = """
        <Project>
          <PropertyGroup Condition="'$(MSBuildProjectFullPath)' == '$(ChatDevProject)'">
            <OutDir>$(ChatDevOutput)</OutDir>
          </PropertyGroup>
        </Project>
        """;

    private static readonly string[] Ends = ["Build FAILED.", "Build succeeded."];

    /// <returns>Whether the build succeeded.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        folder.Clear();
        await environment.Output.WriteLineAsync(TerminalText.Of(environment.Texts.DevBuilding(project)));
        await File.WriteAllTextAsync(folder.Targets, Redirection, cancellation);
        var (status, output) = await DotnetCommand.RunAsync(
            Path.GetDirectoryName(project)!, environment.Texts, cancellation, "build", project, "--verbosity", "quiet", "-nologo",
            $"-p:CustomBeforeMicrosoftCommonTargets={folder.Targets}", $"-p:ChatDevProject={project}",
            $"-p:ChatDevOutput={folder.Build}{Path.DirectorySeparatorChar}");
        if (status != 0 || output.Contains(": warning ", StringComparison.Ordinal)) await ShowAsync(output);
        if (status == 0) return true;
        await environment.Output.WriteLineAsync(folder.HasPlugin ? environment.Texts.DevNotBuilt : environment.Texts.DevNotBuiltYet);
        return false;
    }

    /// <summary>The compiler repeats messages, all of them again at the end, each followed by its project's path; show each once.</summary>
    private async Task ShowAsync(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var messages = lines.TakeWhile(line => !Ends.Contains(line))
            .Select(line => line.Replace($" [{project}]", "", StringComparison.Ordinal)).Distinct().ToList();
        foreach (var line in messages.Count > 0 ? messages : [.. lines])
            await environment.Output.WriteLineAsync(TerminalText.Of(line));
    }
}
