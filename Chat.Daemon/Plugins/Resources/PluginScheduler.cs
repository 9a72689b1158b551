using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>A generation's work in memory.</summary>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "Work that outlives the plugin may still read the token; the source holds nothing else.")]
internal sealed partial class PluginScheduler(
    string plugin, TimeProvider time, ILogger log, PluginActivity? activity = null)
{
    public const int MaxJobs = 1_000;

    private string Plugin => plugin;

    private TimeProvider Time => time;

    private PluginActivity? Activity => activity;

    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(10);

    /// <summary>A timer's limit.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(49);

    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new(); // guards both below
    private readonly HashSet<Job> jobs = [];
    private bool isEnded;

    /// <inheritdoc cref="IScheduler.After"/>
    public IDisposable After(TimeSpan delay, Func<CancellationToken, ValueTask> work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, LongestWait);
        return Add(work, delay, null);
    }

    /// <inheritdoc cref="IScheduler.Every"/>
    public IDisposable Every(TimeSpan period, Func<CancellationToken, ValueTask> work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, ShortestPeriod);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, LongestWait);
        return Add(work, period, period);
    }

    /// <exception cref="InvalidOperationException">The plugin is stopping.</exception>
    public void ThrowIfEnded()
    {
        lock (gate)
            if (isEnded) throw new InvalidOperationException("The plugin is stopping; it cannot schedule work any more.");
    }

    /// <summary>Removes waiting jobs and cancels running ones. Completes when those have ended.</summary>
    public async Task EndAsync()
    {
        Job[] all;
        lock (gate)
        {
            isEnded = true;
            all = [.. jobs];
        }
        foreach (var job in all) job.Dispose();
        await CancelAsync();
        await Task.WhenAll(all.Select(job => job.Running));
    }

    private async Task CancelAsync()
    {
        try
        {
            await stop.CancelAsync();
        }
        catch (AggregateException failure) // from a callback that the plugin registered on the token
        {
            LogFailed(PluginFailure.Of(failure), plugin);
        }
    }

    private Job Add(Func<CancellationToken, ValueTask> run, TimeSpan first, TimeSpan? period)
    {
        ArgumentNullException.ThrowIfNull(run);
        var job = new Job(this, run, period);
        lock (gate)
        {
            ThrowIfEnded();
            if (jobs.Count >= MaxJobs) throw new InvalidOperationException($"{MaxJobs} jobs are already scheduled.");
            jobs.Add(job);
        }
        job.Schedule(first);
        return job;
    }

    private void Remove(Job job)
    {
        lock (gate) jobs.Remove(job);
    }

    [LoggerMessage(
        EventId = 782, EventName = "PluginWorkFailed", Level = LogLevel.Error, Message = "Scheduled work of plugin {Plugin} failed.")]
    private partial void LogFailed(Exception failure, string plugin);

    private sealed class Job(PluginScheduler scheduler, Func<CancellationToken, ValueTask> run, TimeSpan? period) : IDisposable
    {
        private readonly Lock gate = new(); // guards the four below
        private ITimer? timer;
        private Task running = Task.CompletedTask;
        private bool isRunning;
        private bool isEnded;

        public Task Running
        {
            get
            {
                lock (gate) return running;
            }
        }

        /// <summary>A timer keeps the async-locals of its creator, which could keep the plugin in memory, so there must be none.</summary>
        public void Schedule(TimeSpan first)
        {
            using var clean = ExecutionContext.SuppressFlow();
            lock (gate)
                if (!isEnded) timer = scheduler.Time.CreateTimer(_ => Start(), null, first, Timeout.InfiniteTimeSpan);
        }

        /// <summary>Stays in the set while it runs, so that the plugin's end waits for it.</summary>
        public void Dispose()
        {
            bool isIdle;
            lock (gate)
            {
                isEnded = true;
                isIdle = !isRunning;
                timer?.Dispose();
            }
            if (isIdle) scheduler.Remove(this);
        }

        private void Start()
        {
            using var clean = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
            lock (gate)
            {
                if (isEnded) return;
                scheduler.Activity?.Begin();
                (isRunning, running) = (true, Task.Run(RunAsync));
            }
        }

        private async Task RunAsync()
        {
            PoolReserve.Enter();
            try
            {
                await run(scheduler.stop.Token);
            }
            catch (OperationCanceledException) when (scheduler.stop.IsCancellationRequested)
            {
                // the plugin stops
            }
            catch (Exception failure)
            {
                scheduler.LogFailed(PluginFailure.Of(failure), scheduler.Plugin);
            }
            PoolReserve.Leave();
            lock (gate)
            {
                isRunning = false;
                if (period is { } again && !isEnded) timer!.Change(again, Timeout.InfiniteTimeSpan);
                else isEnded = true;
            }
            if (isEnded) Dispose();
            scheduler.Activity?.End();
        }
    }
}
