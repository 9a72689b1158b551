using System.Diagnostics;

namespace Chat.Cli.Tests;

/// <summary>Runs the built client to its end, with pipes as standard streams.</summary>
internal static class CliProcess
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <param name="throughShell">Allows redirections. In a pipeline the status is that of <c>chat</c>.</param>
    /// <param name="before">Shell commands to run first.</param>
    /// <param name="stateFolder">Of saved sessions and of the configuration; null for a temporary folder.</param>
    public static async Task<(int Status, string Output, string Errors)> RunAsync(
        string input, string arguments, string locale = "C.UTF-8", bool throughShell = false, string? password = null,
            string? stateFolder = null, string? before = null)
    {
        var state = Directory.CreateTempSubdirectory("chat-test-");
        try
        {
            var start = throughShell
                ? new ProcessStartInfo("bash", ["-c", $"set -o pipefail; {before}{ClientProgram.Command} {arguments}"])
                : ClientProgram.Start(arguments);
            (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
            (start.Environment["XDG_STATE_HOME"], start.Environment["XDG_CONFIG_HOME"]) = (stateFolder ?? state.FullName, stateFolder
                ?? state.FullName);
            (start.Environment["LC_ALL"], start.Environment["CHAT_PASSWORD"]) = (locale, password);
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await FeedAsync(process, input);
            await WaitAsync(process);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            state.Delete(recursive: true);
        }
    }

    private static async Task WaitAsync(Process process)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(Deadline);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static async Task FeedAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it does not read its input
        }
    }
}
