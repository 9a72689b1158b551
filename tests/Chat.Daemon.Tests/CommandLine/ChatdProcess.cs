using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary>The real program as a process, in a working directory of its own.</summary>
internal sealed partial class ChatdProcess : IDisposable
{
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "chatd.exe" : "chatd");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> error;

    private ChatdProcess(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts the program itself, or another that starts it.</summary>
    public static ChatdProcess Start(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? through = null)
    {
        var start = new ProcessStartInfo(through ?? Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsSettingOrLocale).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new ChatdProcess(start);
    }

    /// <summary>Runs the program and waits for its exit.</summary>
    public static async Task<(int Status, string Output, string Error)> RunAsync(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? through = null)
    {
        using var chatd = Start(folder, arguments, environment, through);
        var output = await chatd.process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        var (status, error) = await chatd.EndAsync();
        return (status, output, error);
    }

    /// <summary>Waits until the program listens, and returns the port.</summary>
    public async Task<int> PortAsync(string scheme)
    {
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith($"listening on {scheme}://", StringComparison.Ordinal))
                return int.Parse(line[(line.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
        }
        throw new AssertFailedException($"It exited without listening: {await error.WaitAsync(Patience)}");
    }

    /// <param name="signal">A signal's name, as <c>kill</c> takes it.</param>
    public async Task<(int Status, string Error)> StopAsync(string signal = "TERM")
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
        return await EndAsync();
    }

    public async Task<(int Status, string Error)> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, WithoutLog(await error.WaitAsync(Patience)));
    }

    private static bool IsSettingOrLocale(string variable) =>
        variable.StartsWith("Chat__", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("LC_", StringComparison.Ordinal)
        || variable is "LANG" or "LANGUAGE";

    /// <summary>Standard error without the log lines of an ordinary start.</summary>
    private static string WithoutLog(string error) =>
        string.Concat(error.Split('\n').Where(line => !OrdinaryLine().IsMatch(line)).Select(line => line + "\n"))[..^1];

    [GeneratedRegex("^[0-9:]{8} (info |warn  FirstAdminPassword: Created)")]
    private static partial Regex OrdinaryLine();

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
