using Chat.Client.Programs;
using Chat.LoadTest.CommandLine;

namespace Chat.LoadTest.Workers;

/// <summary>The workers of one run, in step: none sends before all are ready, none counts before all have sent.</summary>
internal sealed class WorkForce : IAsyncDisposable
{
    private readonly WorkerProcess[] workers;

    private WorkForce(WorkerProcess[] workers) => this.workers = workers;

    /// <summary>The exit statuses of those that died.</summary>
    public IReadOnlyList<int> Died => [.. workers.Where(worker => worker.Died is not null).Select(worker => worker.Died!.Value)];

    public Answer.Progress Progress => workers.Select(worker => worker.Progress)
        .Aggregate((a, b) => new(a.Users + b.Users, a.Sent + b.Sent, a.Delivered + b.Delivered, a.Refused + b.Refused));

    internal IReadOnlyList<int> ProcessIds => [.. workers.Select(worker => worker.ProcessId)];

    /// <summary>Starts them all: only who is complete can be told to stop.</summary>
    public static async Task<WorkForce> StartAsync(int count)
    {
        List<WorkerProcess> started = [];
        try
        {
            while (started.Count < count) started.Add(WorkerProcess.Start());
            return new WorkForce([.. started]);
        }
        catch
        {
            foreach (var worker in started) await worker.DisposeAsync();
            throw;
        }
    }

    public Task BeginAsync(LoadOptions options, string run, DaemonAddress daemon) => AllAsync((worker, i) =>
    {
        var first = (int)((long)options.Users * i / options.Workers);
        var count = (int)((long)options.Users * (i + 1) / options.Workers) - first;
        return worker.TellAsync(new Order.Begin(new WorkPlan(
            run, daemon.Host, daemon.Port, options.Tls, options.Ca, first, count, options.Users, options.Rooms, options.Warmup, options.Seconds, options.Rate, options.Payload)));
    });

    /// <summary>How many users are in their rooms.</summary>
    public async Task<int> ReadyAsync() => (await AnswersAsync<Answer.Ready>()).Sum(ready => ready.Users);

    /// <summary>May come at any time, from any thread, also before <see cref="BeginAsync"/>: then nobody enters.</summary>
    public Task StopAsync() => AllAsync((worker, _) => worker.TellAsync(new Order.Stop()));

    /// <summary>Returns when all has been sent and answered.</summary>
    public async Task<IReadOnlyList<SenderEnd>> SendAsync(long measureFrom)
    {
        await AllAsync((worker, _) => worker.TellAsync(new Order.Go(measureFrom)));
        return [.. (await AnswersAsync<Answer.Done>()).SelectMany(sent => sent.Senders)];
    }

    public async Task<IReadOnlyList<Answer.Counted>> CountAsync(IReadOnlyList<SenderEnd> senders)
    {
        await AllAsync((worker, _) => worker.TellAsync(new Order.Settle(senders)));
        return await AnswersAsync<Answer.Counted>();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers) await worker.DisposeAsync();
    }

    private Task AllAsync(Func<WorkerProcess, int, Task> work) => Task.WhenAll(workers.Select(work));

    private async Task<IReadOnlyList<T>> AnswersAsync<T>() where T : Answer =>
        [.. (await Task.WhenAll(workers.Select(worker => worker.AnswerAsync<T>()))).OfType<T>()];
}
