using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using CrashChecker.Power;

namespace CrashChecker.Daemons;

/// <summary>One run of the daemon.</summary>
internal sealed partial class DaemonProcess : IDisposable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    private readonly Process process;
    private readonly int deadly;
    private readonly TaskCompletionSource<int> port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private readonly List<(Regex Wanted, TaskCompletionSource Seen)> waiting = [];

    public DaemonProcess(DaemonLaunch launch)
    {
        deadly = Shim.Records(launch.Environment) ? Shim.DeathSignal : SigKill;
        process = new Process { StartInfo = launch.StartInfo() };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Exited = process.WaitForExitAsync();
    }

    /// <summary>Completes once it accepts connections; never, if it ends before.</summary>
    public Task<int> Port => port.Task;

    public Task Exited { get; }

    public int ExitCode => process.ExitCode;

    /// <summary>The end of what it printed.</summary>
    public string LastLines
    {
        get
        {
            lock (gate) return string.Join('\n', lines.TakeLast(12));
        }
    }

    /// <summary>The lines that report errors.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (gate) return [.. lines.Where(line => ErrorLine().IsMatch(line))];
        }
    }

    /// <summary>Completes with the first line that matches.</summary>
    public Task LineAsync(Regex wanted)
    {
        lock (gate)
        {
            if (lines.Any(wanted.IsMatch)) return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((wanted, seen));
            return seen.Task;
        }
    }

    /// <summary>Ends it by SIGKILL, and waits for the end.</summary>
    /// <returns>False if it had ended by itself.</returns>
    public async Task<bool> KillAsync()
    {
        if (process.HasExited) return false;
        _ = kill(process.Id, deadly);
        await Exited;
        return process.ExitCode == 128 + SigKill;
    }

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate() => _ = kill(process.Id, SigTerm);

    public void Dispose()
    {
        if (!Exited.IsCompleted) process.Kill();
        process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null) return;
        lock (gate)
        {
            lines.Add(line);
            foreach (var (_, seen) in waiting.Where(wait => wait.Wanted.IsMatch(line))) seen.TrySetResult();
        }
        if (Listening().Match(line) is { Success: true } match)
            port.TrySetResult(int.Parse(match.Groups["port"].ValueSpan, provider: null));
    }

    [GeneratedRegex(@"^listening on tcp://\S+:(?<port>\d+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"^\S+ (error|fatal) ")]
    private static partial Regex ErrorLine();

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
