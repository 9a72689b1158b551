using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Resources;

/// <inheritdoc cref="IScheduler"/>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Work that outlives everything may still look at the token; the source holds nothing else.")]
internal sealed partial class PluginScheduler(string plugin, TimeProvider time, ILogger log) : IScheduler
{
    public const int Most = 1_000;

    private string Plugin => plugin;

    private TimeProvider Time => time;

    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(10);

    /// <summary>No timer waits longer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(49);

    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new(); // guards both below
    private readonly HashSet<Work> works = [];
    private bool isOver;

    public IDisposable After(TimeSpan delay, Func<CancellationToken, ValueTask> work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, LongestWait);
        return Add(work, delay, null);
    }

    public IDisposable Every(TimeSpan period, Func<CancellationToken, ValueTask> work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, ShortestPeriod);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, LongestWait);
        return Add(work, period, period);
    }

    /// <summary>Takes back what waits, cancels what runs, and completes when that has ended.</summary>
    public async Task EndAsync()
    {
        Work[] all;
        lock (gate)
        {
            isOver = true;
            all = [.. works];
        }
        foreach (var work in all) work.Dispose();
        await CancelAsync();
        await Task.WhenAll(all.Select(work => work.Running));
    }

    private async Task CancelAsync()
    {
        try
        {
            await stop.CancelAsync();
        }
        catch (AggregateException failure) // what the plugin registered on the token
        {
            Failed(PluginFailure.Of(failure), plugin);
        }
    }

    private Work Add(Func<CancellationToken, ValueTask> run, TimeSpan first, TimeSpan? period)
    {
        ArgumentNullException.ThrowIfNull(run);
        var work = new Work(this, run, period);
        lock (gate)
        {
            if (isOver) throw new InvalidOperationException("The plugin stops: nothing is scheduled any more.");
            if (works.Count >= Most) throw new InvalidOperationException($"{Most} works wait already.");
            works.Add(work);
        }
        work.Begin(first);
        return work;
    }

    private void Remove(Work work)
    {
        lock (gate) works.Remove(work);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Scheduled work of plugin {Plugin} failed.")]
    private partial void Failed(Exception failure, string plugin);

    private sealed class Work(PluginScheduler scheduler, Func<CancellationToken, ValueTask> run, TimeSpan? period) : IDisposable
    {
        private readonly Lock gate = new(); // guards the four below
        private ITimer? timer;
        private Task running = Task.CompletedTask;
        private bool isRunning;
        private bool isOver;

        public Task Running
        {
            get
            {
                lock (gate) return running;
            }
        }

        /// <summary>A timer keeps the async-locals of whoever makes it: here nobody's.</summary>
        public void Begin(TimeSpan first)
        {
            using var clean = ExecutionContext.SuppressFlow();
            lock (gate)
                if (!isOver) timer = scheduler.Time.CreateTimer(_ => Start(), null, first, Timeout.InfiniteTimeSpan);
        }

        /// <summary>What runs is still waited for at the plugin's end.</summary>
        public void Dispose()
        {
            bool isIdle;
            lock (gate)
            {
                isOver = true;
                isIdle = !isRunning;
                timer?.Dispose();
            }
            if (isIdle) scheduler.Remove(this);
        }

        private void Start()
        {
            using var clean = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
            lock (gate)
                if (!isOver) (isRunning, running) = (true, Task.Run(RunAsync));
        }

        private async Task RunAsync()
        {
            try
            {
                await run(scheduler.stop.Token);
            }
            catch (OperationCanceledException) when (scheduler.stop.IsCancellationRequested)
            {
                // it was asked to end
            }
            catch (Exception failure)
            {
                scheduler.Failed(PluginFailure.Of(failure), scheduler.Plugin);
            }
            lock (gate)
            {
                isRunning = false;
                if (period is { } again && !isOver) timer!.Change(again, Timeout.InfiniteTimeSpan);
                else isOver = true;
            }
            if (isOver) Dispose();
        }
    }
}
