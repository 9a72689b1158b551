using System.ComponentModel;
using System.Diagnostics;
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
        var start = new ProcessStartInfo("dotnet", ["nuget", "list", "source", "--format", "Detailed"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_NOLOGO"] = "1" },
        };
        try
        {
            using var dotnet = Process.Start(start)!;
            var (output, errors) = (dotnet.StandardOutput.ReadToEndAsync(cancellation), dotnet.StandardError.ReadToEndAsync(cancellation));
            await dotnet.WaitForExitAsync(cancellation);
            if (dotnet.ExitCode == 0) return [.. Enabled().Matches(await output).Select(line => line.Groups["name"].Value)];
            throw new StartupException(ExitStatus.WrongUsage, texts.SdkSourcesUnknown((await errors + await output).Trim()));
        }
        catch (Win32Exception)
        {
            throw new StartupException(ExitStatus.WrongUsage, texts.SdkNeedsDotnet);
        }
    }

    [GeneratedRegex(@"^ *\d+\. +(?<name>.+?) \[Enabled\]\r?$", RegexOptions.Multiline)]
    private static partial Regex Enabled();
}
