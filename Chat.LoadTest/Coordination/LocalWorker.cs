using System.Diagnostics;
using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Daemons;

namespace Chat.LoadTest.Coordination;

/// <summary>A worker process on this machine.</summary>
internal sealed class LocalWorker : Worker
{
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(10);

    private readonly Process process;

    private LocalWorker(Process process) : base(process.StandardOutput, process.StandardInput) => this.process = process;

    public int ProcessId => process.Id;

    public static LocalWorker Launch()
    {
        var start = DaemonProgram.Detached(DaemonProgram.Self([LoadProgram.WorkerSubcommand]));
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        WorkerEnvironment.Set(start.Environment);
        return new LocalWorker(Process.Start(start)!);
    }

    protected override async Task<int> StatusAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    protected override async Task EndAsync()
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(EndTime);
        }
        catch (TimeoutException)
        {
            process.Kill();
        }
        process.Dispose();
    }
}
