using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TerminalBench;

/// <summary>A program at a terminal of 100 columns and 30 rows, and all that it writes there.</summary>
internal sealed class Terminal : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly Process script;
    private readonly StringBuilder text = new();
    private readonly Task reading;
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long readAt;

    private Terminal(Process script)
    {
        this.script = script;
        reading = ReadAsync();
    }

    public string Text
    {
        get
        {
            lock (gate) return text.ToString();
        }
    }

    public int Length
    {
        get
        {
            lock (gate) return text.Length;
        }
    }

    public long PeakMiB => long.Parse(
        File.ReadLines($"/proc/{ProgramId}/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(':')[1]
            .Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1_024;

    /// <summary>The shell that script(1) starts becomes the program.</summary>
    private int ProgramId => int.Parse(
        File.ReadAllText($"/proc/{script.Id}/task/{script.Id}/children").Split(' ')[0], CultureInfo.InvariantCulture);

    private TimeSpan Cpu
    {
        get
        {
            using var program = Process.GetProcessById(ProgramId);
            return program.TotalProcessorTime;
        }
    }

    public static Terminal Start(string command)
    {
        var start = new ProcessStartInfo("script") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var argument in new[] { "-q", "-e", "-c", $"stty cols 100 rows 30; exec {command}", "/dev/null" })
            start.ArgumentList.Add(argument);
        return new(Process.Start(start)!);
    }

    public async Task TypeAsync(char key)
    {
        await script.StandardInput.WriteAsync(key);
        await script.StandardInput.FlushAsync();
    }

    /// <param name="from">Where to begin, as of <see cref="Length"/>.</param>
    /// <returns>When what contains the text was read, as of <see cref="Stopwatch"/>.</returns>
    public async Task<long> UntilAsync(string wanted, int from = 0)
    {
        for (var searched = from; ;)
        {
            Task next;
            lock (gate)
            {
                if (text.ToString(searched, text.Length - searched).Contains(wanted, StringComparison.Ordinal)) return readAt;
                searched = Math.Max(from, text.Length - wanted.Length);
                next = more.Task;
            }
            await next.WaitAsync(Deadline);
        }
    }

    public async Task<TimeSpan> CpuOfAsync(Func<Task> work)
    {
        var before = Cpu;
        await work();
        return Cpu - before;
    }

    public async ValueTask DisposeAsync()
    {
        script.Kill(entireProcessTree: true);
        await reading;
        script.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new char[65_536];
        while (await script.StandardOutput.ReadAsync(buffer) is > 0 and var length)
        {
            TaskCompletionSource read;
            lock (gate)
            {
                text.Append(buffer, 0, length);
                readAt = Stopwatch.GetTimestamp();
                (read, more) = (more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }
            read.SetResult();
        }
    }
}
