using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Daemons;

namespace Chat.LoadTest.Workers;

/// <summary>The load test's side of one worker process.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly Channel<Answer> answers = Channel.CreateUnbounded<Answer>();
    private readonly SemaphoreSlim writing = new(1);
    private readonly Task reading;

    private WorkerProcess(Process process)
    {
        this.process = process;
        reading = ReadAsync();
    }

    public int ProcessId => process.Id;

    public Answer.Progress Progress { get; private set; } = new(0, 0, 0, 0);

    /// <summary>Its exit status, where it ended before it was through.</summary>
    public int? Died { get; private set; }

    public static WorkerProcess Start()
    {
        var start = DaemonProgram.Apart(DaemonProgram.Self([LoadProgram.WorkerCommand]));
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>Safe from any thread. A worker that is gone hears nothing; that it is gone is seen where its answer is awaited.</summary>
    public async Task TellAsync(Order order)
    {
        await writing.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order, WorkerJson.Default.Order));
            await process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // Its answers end, too.
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The next answer but progress; null where the worker died.</summary>
    public async Task<T?> AnswerAsync<T>() where T : Answer
    {
        await foreach (var answer in answers.Reader.ReadAllAsync())
            if (answer is T wanted) return wanted;
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
            // It died with an order unread.
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
            var answer = JsonSerializer.Deserialize(line, WorkerJson.Default.Answer)!;
            if (answer is Answer.Progress progress) Progress = progress;
            else answers.Writer.TryWrite(answer);
        }
        answers.Writer.Complete();
    }
}
