using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Chat.Protocol;

namespace Chat.Cli;

/// <summary>Runs the program of the configuration that prints the password, such as a password manager.</summary>
internal static class PasswordProgram
{
    /// <summary>For a user who types the master password.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of output; a note with a password is shorter.</summary>
    private const int Longest = 64 * 1_024;

    /// <summary>The first line that it prints, or why there is none.</summary>
    /// <param name="mayAsk">Whether its input is the terminal. Otherwise it has none: the input of <c>chat</c> is for the daemon.</param>
    public static async Task<(string? Password, string? Problem)> RunAsync(
        string command, bool mayAsk, TimeSpan patience, CliTexts texts, CancellationToken ct)
    {
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", ["/c", command])
            : new ProcessStartInfo("/bin/sh", ["-c", command]);
        start.RedirectStandardOutput = true; // its errors and its questions are for the user
        start.RedirectStandardInput = !mayAsk;
        try
        {
            using var process = Process.Start(start)!;
            if (!mayAsk) process.StandardInput.Close();
            return await ReadAsync(process, patience, texts, ct);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return (null, TextRules.Harmless(e.Message));
        }
    }

    private static async Task<(string? Password, string? Problem)> ReadAsync(
        Process process, TimeSpan patience, CliTexts texts, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        over.CancelAfter(patience);
        try
        {
            var output = new byte[Longest];
            var length = await process.StandardOutput.BaseStream.ReadAtLeastAsync(output, Longest, throwOnEndOfStream: false, over.Token);
            if (length == Longest) return (null, texts.PasswordCommandLong);
            await process.WaitForExitAsync(over.Token);
            if (process.ExitCode != 0) return (null, texts.PasswordCommandStatus(process.ExitCode));
            var line = Encoding.UTF8.GetString(output.AsSpan(0, length)).Split('\n')[0].TrimEnd('\r');
            return line.Length > 0 ? (line, null) : (null, texts.PasswordCommandEmpty);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, texts.PasswordCommandSlow((long)patience.TotalSeconds));
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>Also what it started.</summary>
    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended.
        }
    }
}
