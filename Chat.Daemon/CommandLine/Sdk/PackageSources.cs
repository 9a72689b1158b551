using System.Text.RegularExpressions;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine.Sdk;

/// <summary>Where this machine takes packages from, by the names that its configuration gives.</summary>
internal static partial class PackageSources
{
    /// <param name="folder">Settings that lie in it or above it count.</param>
    /// <exception cref="StartupException">There is no .NET SDK here, or it does not say.</exception>
    public static async Task<IReadOnlyList<string>> NamesAsync(string folder, ProgramTexts texts, CancellationToken cancellation)
    {
        while (!Directory.Exists(folder)) folder = Path.GetDirectoryName(folder)!;
        var (status, output) = await DotnetProgram.RunAsync(folder, texts, cancellation, "nuget", "list", "source", "--format", "Detailed");
        return status == 0 ? [.. Enabled().Matches(output).Select(line => line.Groups["name"].Value)]
            : throw new StartupException(ExitStatus.WrongUsage, texts.SdkSourcesUnknown(output));
    }

    [GeneratedRegex(@"^ *\d+\. +(?<name>.+?) \[Enabled\]\r?$", RegexOptions.Multiline)]
    private static partial Regex Enabled();
}
