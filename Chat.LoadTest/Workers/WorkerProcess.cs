using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Daemons;

namespace Chat.LoadTest.Workers;

/// <summary>One worker process, seen from the load test.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly Channel<WorkerReply> replies = Channel.CreateUnbounded<WorkerReply>();
    private readonly SemaphoreSlim writing = new(1);
    private readonly Task reading;

    private WorkerProcess(Process process)
    {
        this.process = process;
        reading = ReadAsync();
    }

    public int ProcessId => process.Id;

    public WorkerReply.Progress Progress { get; private set; } = new(0, 0, 0, 0);

    /// <summary>Its exit status, if it ended early.</summary>
    public int? Died { get; private set; }

    public static WorkerProcess Start()
    {
        var start = DaemonProgram.Detached(DaemonProgram.Self([LoadProgram.WorkerSubcommand]));
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>Any thread may call it. A dead worker shows in <see cref="ReplyAsync"/>, not here.</summary>
    public async Task TellAsync(WorkerCommand command)
    {
        await writing.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command, WorkerJson.Default.WorkerCommand));
            await process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // The worker has died, so its replies end too.
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The next reply of this type; null if the worker died.</summary>
    public async Task<T?> ReplyAsync<T>() where T : WorkerReply
    {
        await foreach (var reply in replies.Reader.ReadAllAsync())
            if (reply is T found) return found;
        await process.WaitForExitAsync();
        Died ??= process.ExitCode;
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The worker died before it read everything.
        }
        try
        {
            await process.WaitForExitAsync().WaitAsync(EndTime);
        }
        catch (TimeoutException)
        {
            process.Kill();
        }
        await reading;
        process.Dispose();
        writing.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var reply = JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerReply)!;
            if (reply is WorkerReply.Progress progress) Progress = progress;
            else replies.Writer.TryWrite(reply);
        }
        replies.Writer.Complete();
    }
}
