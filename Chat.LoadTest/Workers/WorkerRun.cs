using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;

namespace Chat.LoadTest.Workers;

/// <summary>A worker process from its plan to its counts. It ends when its input does, so none outlives the load test.</summary>
internal sealed class WorkerRun(TextReader input, TextWriter output, TimeProvider time) : IDisposable
{
    private readonly Channel<Order> orders = Channel.CreateUnbounded<Order>();
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim writing = new(1);
    private readonly WorkerGauges gauges = new(time);

    public static WorkerRun OfProcess() =>
        new(new StreamReader(Console.OpenStandardInput()), new StreamWriter(Console.OpenStandardOutput()), TimeProvider.System);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        // Ctrl-C reaches every process of the terminal; the load test decides what it means.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = ReadOrdersAsync(gone);
        try
        {
            await WorkAsync(((Order.Begin)await orders.Reader.ReadAsync(gone.Token)).Plan, gone.Token);
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
        await using var crowd = new Crowd(plan, gauges);
        await crowd.EnterAsync(stop.Token, cancellation);
        await SayAsync(new Answer.Ready(crowd.Users.Count));
        gauges.MeasureFrom = ((Order.Go)await orders.Reader.ReadAsync(cancellation)).MeasureFrom;
        var warmedUp = UsedAtAsync(gauges.MeasureFrom, cancellation);
        using (var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            var progress = ReportAsync(crowd, over.Token);
            await crowd.SendAsync(stop.Token, cancellation);
            await over.CancelAsync();
            await progress;
        }
        await SayAsync(new Answer.Done(crowd.Ends()));
        var settle = (Order.Settle)await orders.Reader.ReadAsync(cancellation);
        await crowd.SettleAsync(settle.Senders, cancellation);
        await crowd.LeaveAsync(cancellation);
        var used = Used() - (warmedUp.IsCompletedSuccessfully ? await warmedUp : Used());
        var counts = crowd.Count(settle.Senders) with { WorkerSeconds = Math.Round(used, 3), Measured = gauges.Echoes.Count + gauges.Deliveries.Count };
        await SayAsync(new Answer.Counted(counts, crowd.LastDelivery, gauges.Echoes.Pack(), gauges.Deliveries.Pack()));
    }

    /// <summary>Seconds of processor that this process has used by then.</summary>
    private async Task<double> UsedAtAsync(long microseconds, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromMicroseconds(Math.Max(0, microseconds - gauges.Clock.Now)), time, cancellation);
        return Used();
    }

    private static double Used()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }

    private async Task ReportAsync(Crowd crowd, CancellationToken over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(over)) await SayAsync(crowd.Progress());
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private async Task ReadOrdersAsync(CancellationTokenSource gone)
    {
        while (await input.ReadLineAsync() is { } line)
        {
            var order = JsonSerializer.Deserialize(line, WorkerJson.Default.Order)!;
            if (order is Order.Stop) await stop.CancelAsync();
            else await orders.Writer.WriteAsync(order);
        }
        await gone.CancelAsync();
    }

    private async Task SayAsync(Answer answer)
    {
        await writing.WaitAsync();
        try
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(answer, WorkerJson.Default.Answer));
            await output.FlushAsync();
        }
        finally
        {
            writing.Release();
        }
    }
}
