using System.ComponentModel;
using System.Diagnostics;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine;

/// <summary>The .NET SDK's program, run to its end.</summary>
internal static class DotnetProgram
{
    /// <summary>Where it is cancelled it is over when this throws, with all that it began.</summary>
    /// <returns>Its exit status, and all that it wrote.</returns>
    /// <exception cref="StartupException">There is none here.</exception>
    public static async Task<(int Status, string Output)> RunAsync(string folder, ProgramTexts texts, CancellationToken cancellation, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_NOLOGO"] = "1" },
        };
        try
        {
            using var dotnet = Process.Start(start)!;
            dotnet.StandardInput.Close(); // it has nothing to ask, and the terminal is not its
            var (output, errors) = (dotnet.StandardOutput.ReadToEndAsync(cancellation), dotnet.StandardError.ReadToEndAsync(cancellation));
            await EndAsync(dotnet, cancellation);
            return (dotnet.ExitCode, (await errors + await output).Trim());
        }
        catch (Win32Exception)
        {
            throw new StartupException(ExitStatus.WrongUsage, texts.SdkNeedsDotnet);
        }
    }

    private static async Task EndAsync(Process dotnet, CancellationToken cancellation)
    {
        try
        {
            await dotnet.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            dotnet.Kill(entireProcessTree: true);
            await dotnet.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }
}
