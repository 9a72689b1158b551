using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace Chat.LoadTest.Workers;

/// <summary>Runs a worker. It ends when its input does, so no worker outlives the load test.</summary>
internal sealed class WorkerRun(TextReader input, TextWriter output, TimeProvider time) : IDisposable
{
    private readonly Channel<WorkerCommand> commands = Channel.CreateUnbounded<WorkerCommand>();
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim writing = new(1);
    private readonly MicrosecondClock clock = new(time);

    public static WorkerRun OfProcess() =>
        new(new StreamReader(Console.OpenStandardInput()), new StreamWriter(Console.OpenStandardOutput()), TimeProvider.System);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = ReadCommandsAsync(gone);
        try
        {
            await WorkAsync((WorkerCommand.Enter)await commands.Reader.ReadAsync(gone.Token), gone.Token);
            return ExitStatus.Ok;
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && gone.IsCancellationRequested))
        {
            return ExitStatus.Failed; // the coordinator has gone
        }
    }

    public void Dispose()
    {
        stop.Dispose();
        writing.Dispose();
    }

    private async Task WorkAsync(WorkerCommand.Enter enter, CancellationToken cancellation)
    {
        clock.Set(enter.Ahead);
        await using var scenarios = new WorkerScenarios(enter.Plan, clock, stop.Token);
        await scenarios.EnterAsync(cancellation);
        await ReplyAsync(new WorkerReply.Entered(scenarios.UsersIn));
        await ExpectAsync<WorkerCommand.Prepare>(cancellation);
        await scenarios.PrepareAsync(cancellation);
        await ReplyAsync(new WorkerReply.Prepared());
        var send = await ExpectAsync<WorkerCommand.Send>(cancellation);
        scenarios.MeasureFrom(send.MeasureFrom);
        var warmedUp = ProcessorTimeAtAsync(send.MeasureFrom, cancellation);
        using (var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            var ticks = TickAsync(scenarios, over.Token);
            await scenarios.SendAsync(send.Start, cancellation);
            await over.CancelAsync();
            await ticks;
        }
        await ReplyAsync(new WorkerReply.SendingEnded(scenarios.Summarize()));
        var sent = (await ExpectAsync<WorkerCommand.Count>(cancellation)).Sent;
        await scenarios.SettleAsync(sent, cancellation);
        await scenarios.LeaveAsync(cancellation);
        await ReplyAsync(TickOf(scenarios));
        var used = warmedUp.IsCompletedSuccessfully ? ProcessorTime().Seconds - await warmedUp : 0;
        await ReplyAsync(new WorkerReply.Counted(scenarios.Count(sent), Math.Round(used, 3)));
    }

    private async Task<T> ExpectAsync<T>(CancellationToken cancellation) where T : WorkerCommand =>
        (T)await commands.Reader.ReadAsync(cancellation);

    private async Task<double> ProcessorTimeAtAsync(long microseconds, CancellationToken cancellation)
    {
        await clock.UntilAsync(microseconds, cancellation);
        return ProcessorTime().Seconds;
    }

    /// <summary>What this process has used so far, and its memory now.</summary>
    private static (double Seconds, long Bytes) ProcessorTime()
    {
        using var self = Process.GetCurrentProcess();
        return (self.TotalProcessorTime.TotalSeconds, self.WorkingSet64);
    }

    private async Task TickAsync(WorkerScenarios scenarios, CancellationToken over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(over)) await ReplyAsync(TickOf(scenarios));
        }
        catch (OperationCanceledException)
        {
            // Sending has ended.
        }
    }

    private WorkerReply.Tick TickOf(WorkerScenarios scenarios)
    {
        var (seconds, bytes) = ProcessorTime();
        return new(clock.Now, seconds, bytes, scenarios.Tick());
    }

    private async Task ReadCommandsAsync(CancellationTokenSource gone)
    {
        try
        {
            while (await input.ReadLineAsync() is { } line)
                await TakeAsync(JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerCommand)!);
        }
        catch (Exception e) when (e is IOException or JsonException) // half a line was on its way
        {
            // The coordinator's machine has gone, which is an end too.
        }
        finally
        {
            await gone.CancelAsync();
        }
    }

    private async Task TakeAsync(WorkerCommand command)
    {
        if (command is WorkerCommand.Stop) await stop.CancelAsync();
        else if (command is WorkerCommand.SetClock drifted) clock.Set(drifted.Ahead);
        else if (command is WorkerCommand.Clock) await ReplyAsync(new WorkerReply.Time(clock.OfThisMachine));
        else await commands.Writer.WriteAsync(command);
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
