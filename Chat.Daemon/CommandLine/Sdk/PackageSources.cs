using System.Text.RegularExpressions;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Sdk;

/// <summary>The NuGet sources of this machine.</summary>
internal static partial class PackageSources
{
    /// <param name="folder">NuGet reads the settings in it and above it.</param>
    /// <exception cref="StartupException">The .NET SDK is missing, or the command failed.</exception>
    public static async Task<IReadOnlyList<string>> NamesAsync(string folder, ProgramTexts texts, CancellationToken cancellation)
    {
        while (!Directory.Exists(folder)) folder = Path.GetDirectoryName(folder)!;
        var (status, output) = await DotnetCommand.RunAsync(folder, texts, cancellation, "nuget", "list", "source", "--format", "Detailed");
        return status == 0 ? [.. Enabled().Matches(output).Select(line => line.Groups["name"].Value)]
            : throw new StartupException(ExitStatus.WrongUsage, texts.SdkSourcesUnknown(output));
    }

    [GeneratedRegex(@"^ *\d+\. +(?<name>.+?) \[Enabled\]\r?$", RegexOptions.Multiline)]
    private static partial Regex Enabled();
}
