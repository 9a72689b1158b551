using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Chat.TestKit;

/// <summary>A process and its output.</summary>
internal sealed partial class RunningProcess : IAsyncDisposable
{
    /// <summary>A killed process ends at once, but a process that it started may keep its output open.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly Lock gate = new();
    private readonly StringBuilder output = new(), errors = new();
    private readonly List<(StringBuilder Place, Regex Wanted, TaskCompletionSource<string> Found)> waiting = [];

    public RunningProcess(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, true);
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Take(e.Data, output);
        process.ErrorDataReceived += (_, e) => Take(e.Data, errors);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public string Output => Read(output);

    public string Errors => Read(errors);

    /// <summary>Its output so far, for failure messages.</summary>
    public string Story => $"standard output:\n{Output}\nstandard error:\n{Errors}";

    /// <summary>The first line of standard output that matches, past or future.</summary>
    public Task<string> LineAsync(Regex wanted, TimeSpan deadline) => LineAsync(output, wanted, deadline);

    /// <summary>The same of standard error.</summary>
    public Task<string> ErrorLineAsync(Regex wanted, TimeSpan deadline) => LineAsync(errors, wanted, deadline);

    public void Signal(int signal)
    {
        if (kill(process.Id, signal) != 0)
            throw new ExpectationException($"process {process.Id} took no signal {signal}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    public void CloseInput() => process.StandardInput.Close();

    /// <summary>Its exit status, once its whole output has been read.</summary>
    public async Task<int> ExitAsync(TimeSpan deadline)
    {
        using var timeout = new CancellationTokenSource(deadline);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException e)
        {
            throw new ExpectationException($"it has not ended within {deadline.TotalSeconds} s\n{Story}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (process)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await ExitAsync(EndLimit);
        }
    }

    private async Task<string> LineAsync(StringBuilder place, Regex wanted, TimeSpan deadline)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (place.ToString().Split('\n').FirstOrDefault(wanted.IsMatch) is { } line) return line;
            waiting.Add((place, wanted, found));
        }
        var exit = process.WaitForExitAsync();
        await Task.WhenAny(found.Task, exit, Task.Delay(deadline));
        if (found.Task.IsCompleted) return await found.Task;
        throw new ExpectationException(exit.IsCompleted
            ? $"it ended with status {process.ExitCode}\n{Story}"
            : $"no line like {wanted} within {deadline.TotalSeconds} s\n{Story}");
    }

    private void Take(string? line, StringBuilder into)
    {
        if (line is null) return;
        lock (gate)
        {
            into.Append(line).Append('\n');
            foreach (var (place, wanted, found) in waiting)
                if (place == into && wanted.IsMatch(line)) found.TrySetResult(line);
        }
    }

    private string Read(StringBuilder collected)
    {
        lock (gate) return collected.ToString();
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
