using System.ComponentModel;
using System.Diagnostics;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine;

/// <summary>Runs <c>dotnet</c> and waits for its end.</summary>
internal static class DotnetCommand
{
    /// <summary>If cancelled, it kills the process and its children before it throws.</summary>
    /// <returns>The exit status, and standard error followed by standard output.</returns>
    /// <exception cref="StartupException"><c>dotnet</c> is not installed.</exception>
    public static async Task<(int Status, string Output)> RunAsync(
        string folder, ProgramTexts texts, CancellationToken cancellation, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_NOLOGO"] = "1" },
        };
        try
        {
            using var dotnet = Process.Start(start)!;
            dotnet.StandardInput.Close(); // it must not read from the terminal
            var output = dotnet.StandardOutput.ReadToEndAsync(cancellation);
            var errors = dotnet.StandardError.ReadToEndAsync(cancellation);
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
