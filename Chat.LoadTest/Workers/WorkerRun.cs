using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;

namespace Chat.LoadTest.Workers;

/// <summary>Runs a worker process. It ends when its input does, so no worker outlives the load test.</summary>
internal sealed class WorkerRun(TextReader input, TextWriter output, TimeProvider time) : IDisposable
{
    private readonly Channel<WorkerCommand> commands = Channel.CreateUnbounded<WorkerCommand>();
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim writing = new(1);
    private readonly WorkerGauges gauges = new(time);

    public static WorkerRun OfProcess() =>
        new(new StreamReader(Console.OpenStandardInput()), new StreamWriter(Console.OpenStandardOutput()), TimeProvider.System);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        // Ctrl-C reaches every process in the terminal, but only the load test acts on it.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = ReadCommandsAsync(gone);
        try
        {
            await WorkAsync(((WorkerCommand.Enter)await commands.Reader.ReadAsync(gone.Token)).Plan, gone.Token);
            return ExitStatus.Ok;
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            return ExitStatus.Failed;
        }
    }

    public void Dispose()
    {
        stop.Dispose();
        writing.Dispose();
    }

    private async Task WorkAsync(WorkPlan plan, CancellationToken cancellation)
    {
        await using var users = new WorkerUsers(plan, gauges);
        await users.EnterAsync(stop.Token, cancellation);
        await ReplyAsync(new WorkerReply.Entered(users.Joined.Count));
        gauges.MeasureFrom = ((WorkerCommand.Send)await commands.Reader.ReadAsync(cancellation)).MeasureFrom;
        var warmedUp = ProcessorTimeAtAsync(gauges.MeasureFrom, cancellation);
        using (var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            var progress = ReportAsync(users, over.Token);
            await users.SendAsync(stop.Token, cancellation);
            await over.CancelAsync();
            await progress;
        }
        await ReplyAsync(new WorkerReply.SendingEnded(users.Summarize()));
        var count = (WorkerCommand.Count)await commands.Reader.ReadAsync(cancellation);
        await users.SettleAsync(count.Senders, cancellation);
        await users.LeaveAsync(cancellation);
        var used = warmedUp.IsCompletedSuccessfully ? ProcessorTime() - await warmedUp : 0;
        var counts = users.Count(count.Senders) with
        {
            WorkerSeconds = Math.Round(used, 3),
            Measured = gauges.Echoes.Count + gauges.Deliveries.Count,
        };
        await ReplyAsync(new WorkerReply.Counted(counts, users.LastDelivery, gauges.Echoes.Pack(), gauges.Deliveries.Pack()));
    }

    private async Task<double> ProcessorTimeAtAsync(long microseconds, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromMicroseconds(Math.Max(0, microseconds - gauges.Clock.Now)), time, cancellation);
        return ProcessorTime();
    }

    /// <summary>Seconds that this process has used so far.</summary>
    private static double ProcessorTime()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }

    private async Task ReportAsync(WorkerUsers users, CancellationToken over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(over)) await ReplyAsync(users.Progress());
        }
        catch (OperationCanceledException)
        {
            // Sending has ended.
        }
    }

    private async Task ReadCommandsAsync(CancellationTokenSource gone)
    {
        while (await input.ReadLineAsync() is { } line)
        {
            var command = JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerCommand)!;
            if (command is WorkerCommand.Stop) await stop.CancelAsync();
            else await commands.Writer.WriteAsync(command);
        }
        await gone.CancelAsync();
    }

    private async Task ReplyAsync(WorkerReply reply)
    {
        await writing.WaitAsync();
        try
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(reply, WorkerJson.Default.WorkerReply));
            await output.FlushAsync();
        }
        finally
        {
            writing.Release();
        }
    }
}
