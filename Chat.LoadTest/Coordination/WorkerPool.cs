using Chat.Client.Programs;
using Chat.LoadTest.CommandLine;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Coordination;

/// <summary>The workers of one run, in step: none sends before all have joined, and none counts before all have sent.</summary>
internal sealed class WorkerPool : IAsyncDisposable
{
    private readonly Worker[] workers;

    private readonly ClockWatch?[] clocks;

    private WorkerPool(Worker[] workers) => (this.workers, clocks) = (workers, new ClockWatch?[workers.Length]);

    public int Count => workers.Length;

    /// <summary>Exit statuses of the workers that died.</summary>
    public IReadOnlyList<int> Died => [.. workers.Where(worker => worker.Died is not null).Select(worker => worker.Died!.Value)];

    /// <summary>How wrong, in microseconds, a latency between two workers can be; 0 if all run on this machine.</summary>
    public long ClockError => clocks.Select(watch => watch?.Error ?? 0).OrderDescending().Take(2).Sum();

    /// <summary>How far, in microseconds, the clocks of two machines have drifted apart at most. It was corrected.</summary>
    public long ClockDrift => clocks.Select(watch => watch?.Drift ?? 0).OrderDescending().Take(2).Sum();

    internal IReadOnlyList<int> ProcessIds => [.. workers.OfType<LocalWorker>().Select(worker => worker.ProcessId)];

    /// <summary>Starts all workers before any command, so that <see cref="StopAsync"/> reaches every one.</summary>
    public static async Task<WorkerPool> StartAsync(int count, Action<int, WorkerReply.Tick> ticked)
    {
        List<Worker> started = [];
        try
        {
            while (started.Count < count) started.Add(LocalWorker.Launch());
            return Of(started, ticked);
        }
        catch
        {
            foreach (var worker in started) await worker.DisposeAsync();
            throw;
        }
    }

    public static WorkerPool Of(IReadOnlyList<Worker> workers, Action<int, WorkerReply.Tick> ticked)
    {
        for (var i = 0; i < workers.Count; i++)
        {
            var index = i;
            workers[i].Start(tick => ticked(index, tick));
        }
        return new([.. workers]);
    }

    /// <summary>Returns when every user has joined its room or failed to.</summary>
    public async Task EnterAsync(LoadOptions options, string run, IReadOnlyList<DaemonAddress> daemons, MicrosecondClock clock)
    {
        var parts = PartTable.Of(options, workers.Length);
        await Task.WhenAll(workers.Select(async (worker, i) =>
        {
            if (worker is not LocalWorker) clocks[i] = await ClockWatch.StartAsync(worker, clock);
            await worker.TellAsync(new WorkerCommand.Enter(
                new WorkPlan(run, daemons, options.Tls, options.Protocol, options.Warmup, options.Seed, parts[i]), clocks[i]?.Ahead ?? 0));
        }));
        await RepliesAsync<WorkerReply.Entered>();
        await TellAllAsync(new WorkerCommand.Prepare());
        await RepliesAsync<WorkerReply.Prepared>();
    }

    /// <summary>Follows the clocks of workers on other machines until cancelled.</summary>
    public Task KeepClocksAsync(CancellationToken over) => Task.WhenAll(clocks.OfType<ClockWatch>().Select(watch => watch.KeepAsync(over)));

    /// <summary>Any thread may call it at any time. Before <see cref="EnterAsync"/>, it keeps every user out.</summary>
    public Task StopAsync() => TellAllAsync(new WorkerCommand.Stop());

    /// <summary>Returns what was sent, by scenario, when everything is sent and answered.</summary>
    public async Task<IReadOnlyList<SentSummary>> SendAsync(long start, long measureFrom)
    {
        await TellAllAsync(new WorkerCommand.Send(start, measureFrom));
        var replies = await RepliesAsync<WorkerReply.SendingEnded>();
        if (replies.Count == 0) return [];
        return [.. Enumerable.Range(0, replies[0].Sent.Count).Select(i => SentSummary.Merge([.. replies.Select(reply => reply.Sent[i])]))];
    }

    public async Task<IReadOnlyList<WorkerReply.Counted>> CountAsync(IReadOnlyList<SentSummary> sent)
    {
        await TellAllAsync(new WorkerCommand.Count(sent));
        return await RepliesAsync<WorkerReply.Counted>();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers) await worker.DisposeAsync();
    }

    private Task TellAllAsync(WorkerCommand command) => Task.WhenAll(workers.Select(worker => worker.TellAsync(command)));

    private async Task<IReadOnlyList<T>> RepliesAsync<T>() where T : WorkerReply =>
        [.. (await Task.WhenAll(workers.Select(worker => worker.ReplyAsync<T>()))).OfType<T>()];
}
