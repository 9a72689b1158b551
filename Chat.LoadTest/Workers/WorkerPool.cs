using Chat.Client.Programs;
using Chat.LoadTest.CommandLine;

namespace Chat.LoadTest.Workers;

/// <summary>The workers of one run, in step: none sends before all have joined, and none counts before all have sent.</summary>
internal sealed class WorkerPool : IAsyncDisposable
{
    private readonly WorkerProcess[] workers;

    private WorkerPool(WorkerProcess[] workers) => this.workers = workers;

    /// <summary>Exit statuses of the workers that died.</summary>
    public IReadOnlyList<int> Died => [.. workers.Where(worker => worker.Died is not null).Select(worker => worker.Died!.Value)];

    public WorkerReply.Progress Progress => workers.Select(worker => worker.Progress)
        .Aggregate((a, b) => new(a.Users + b.Users, a.Sent + b.Sent, a.Delivered + b.Delivered, a.Refused + b.Refused));

    internal IReadOnlyList<int> ProcessIds => [.. workers.Select(worker => worker.ProcessId)];

    /// <summary>Starts all workers before any other command, so that <see cref="StopAsync"/> reaches every one.</summary>
    public static async Task<WorkerPool> StartAsync(int count)
    {
        List<WorkerProcess> started = [];
        try
        {
            while (started.Count < count) started.Add(WorkerProcess.Start());
            return new WorkerPool([.. started]);
        }
        catch
        {
            foreach (var worker in started) await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when every user has joined its room or failed to.</summary>
    public async Task EnterAsync(LoadOptions options, string run, DaemonAddress daemon)
    {
        await TellAllAsync(i => new WorkerCommand.Enter(PlanOf(i, options, run, daemon)));
        await RepliesAsync<WorkerReply.Entered>();
    }

    /// <summary>Any thread may call it at any time. Before <see cref="EnterAsync"/>, it keeps every user out.</summary>
    public Task StopAsync() => TellAllAsync(_ => new WorkerCommand.Stop());

    /// <summary>Returns when every message is sent and answered.</summary>
    public async Task<IReadOnlyList<SenderSummary>> SendAsync(long measureFrom)
    {
        await TellAllAsync(_ => new WorkerCommand.Send(measureFrom));
        return [.. (await RepliesAsync<WorkerReply.SendingEnded>()).SelectMany(sent => sent.Senders)];
    }

    public async Task<IReadOnlyList<WorkerReply.Counted>> CountAsync(IReadOnlyList<SenderSummary> senders)
    {
        await TellAllAsync(_ => new WorkerCommand.Count(senders));
        return await RepliesAsync<WorkerReply.Counted>();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers) await worker.DisposeAsync();
    }

    private static WorkPlan PlanOf(int worker, LoadOptions options, string run, DaemonAddress daemon)
    {
        var first = (int)((long)options.Users * worker / options.Workers);
        var count = (int)((long)options.Users * (worker + 1) / options.Workers) - first;
        return new(
            run, daemon.Host, daemon.Port, options.Tls, options.Ca, first, count, options.Users,
            options.Rooms, options.Warmup, options.Seconds, options.Rate, options.Payload);
    }

    private Task TellAllAsync(Func<int, WorkerCommand> command) =>
        Task.WhenAll(workers.Select((worker, i) => worker.TellAsync(command(i))));

    private async Task<IReadOnlyList<T>> RepliesAsync<T>() where T : WorkerReply =>
        [.. (await Task.WhenAll(workers.Select(worker => worker.ReplyAsync<T>()))).OfType<T>()];
}
