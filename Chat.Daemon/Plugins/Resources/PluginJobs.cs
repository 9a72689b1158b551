using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>
/// The jobs of one plugin, over all its generations: only the active one runs them, each at its time and not twice at once. Safe from any
/// thread.
/// </summary>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "It lives as long as the daemon, and a semaphore without a wait handle holds nothing.")]
internal sealed partial class PluginJobs(string plugin, IStorage storage, HookRuntime hookRuntime)
{
    public const int MostAtOnce = 16;

    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1), RetryAfterFailure = TimeSpan.FromMinutes(1);

    /// <summary>Held while a job is written, so that what is in memory follows the storage.</summary>
    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock gate = new(); // guards all below; nothing is called under it
    private readonly JobQueue queue = new();
    private JobRunner? current, latest; // the second has perhaps not read the jobs yet
    private ITimer? timer, reload;

    private readonly ILogger log = hookRuntime.Log;

    private TimeProvider Time => hookRuntime.Time;

    /// <summary>From now on this generation runs the jobs, also those that became due while none did.</summary>
    public void Activate(JobRunner runner)
    {
        lock (gate) latest = runner;
        Load(runner);
    }

    /// <summary>The generation has ended. What of it still runs no longer keeps a job from running.</summary>
    public void Release(JobRunner runner)
    {
        lock (gate)
        {
            if (current == runner) current = null;
            if (latest == runner) latest = null;
            queue.EndAll(runner);
        }
        Arm();
    }

    /// <inheritdoc cref="IScheduler.ScheduleAsync{T}"/>
    public async Task ScheduleAsync(string key, Schedule schedule, string data, CancellationToken cancellation)
    {
        var (text, first) = JobSchedule.Of(schedule, Time);
        await turn.WaitAsync(cancellation);
        try
        {
            if (JobSchedule.Repeats(text) && await storage.GetAsync(key, cancellation) is { } stored
                && StoredJob.Read(stored.Value) is { } same && same.Schedule == text && same.Data == data)
            {
                return;
            }
            await storage.SetAsync(key, new StoredJob(text, first, data).Write(), cancellation);
            lock (gate) queue.Set(key, first);
        }
        finally
        {
            turn.Release();
        }
        Arm();
    }

    /// <inheritdoc cref="IScheduler.CancelAsync{T}"/>
    public async Task<bool> CancelAsync(string key, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var existed = await storage.DeleteAsync(key, cancellation);
            lock (gate) queue.Remove(key);
            return existed;
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask<IReadOnlyList<ScheduledJob>> ListAsync(string prefix, CancellationToken cancellation) =>
    [
        .. from stored in await storage.ListAsync(prefix, cancellation)
           let job = StoredJob.Read(stored.Value)
           where job is not null
           select new ScheduledJob(StoredJob.NameOf(stored.Key), job.Due, job.Data),
    ];

    private void Load(JobRunner runner)
    {
        hookRuntime.Activity.Begin();
        using var clean = Clean();
        _ = Task.Run(() => LoadAsync(runner));
    }

    private async Task LoadAsync(JobRunner runner)
    {
        try
        {
            await turn.WaitAsync();
            try
            {
                var all = await storage.ListAsync("", CancellationToken.None);
                lock (gate)
                {
                    if (latest != runner) return; // its successor reads them
                    Fill(all, runner);
                    current = runner;
                }
                Complain(all, runner);
            }
            finally
            {
                turn.Release();
            }
            Arm();
        }
        catch (Exception failure) // the storage's
        {
            LogStorage(failure, plugin, RetryAfterFailure.TotalSeconds);
            LoadAgain(runner);
        }
        finally
        {
            hookRuntime.Activity.End();
        }
    }

    /// <summary>The caller holds the lock. Jobs whose class this version does not have stay on disk.</summary>
    private void Fill(IReadOnlyList<StoredValue> all, JobRunner runner)
    {
        queue.Clear();
        var now = Time.GetUtcNow();
        foreach (var stored in all)
        {
            if (runner.Runs(StoredJob.TypeOf(stored.Key)) && StoredJob.Read(stored.Value) is { } job)
                queue.Set(stored.Key, JobSchedule.Clamp(job.Schedule, job.Due, now));
        }
    }

    private void LoadAgain(JobRunner runner)
    {
        using var clean = Clean();
        lock (gate)
        {
            if (latest != runner) return;
            reload?.Dispose();
            reload = Time.CreateTimer(
                static jobs => ((PluginJobs)jobs!).Reload(), this, RetryAfterFailure, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The timer knows no runner, which would keep a plugin in memory.</summary>
    private void Reload()
    {
        JobRunner? runner;
        lock (gate) runner = latest;
        if (runner is not null) Load(runner);
    }

    private void Complain(IReadOnlyList<StoredValue> all, JobRunner runner)
    {
        var types = all.Select(s => StoredJob.TypeOf(s.Key)).Where(t => !runner.Runs(t)).Distinct().ToList();
        if (types.Count > 0) LogNoClass(plugin, string.Join(", ", types.Select(Printable.Escape)));
        var zones = all.Select(s => StoredJob.Read(s.Value)).OfType<StoredJob>()
            .Select(j => JobSchedule.LostZoneOf(j.Schedule)).OfType<string>().Distinct().ToList();
        if (zones.Count > 0) LogNoZone(plugin, string.Join(", ", zones.Select(Printable.Escape)));
    }

    /// <summary>Waits for the next job that may run. The timer holds no async-local, which would keep a plugin in memory.</summary>
    private void Arm()
    {
        using var clean = Clean();
        List<string> due = [];
        JobRunner? runner;
        lock (gate)
        {
            timer?.Dispose();
            timer = null;
            if ((runner = current) is null) return;
            var now = Time.GetUtcNow();
            while (queue.Running < MostAtOnce && queue.Next is var (at, key)) // the end of one of them comes here again
            {
                if (!runner.Runs(StoredJob.TypeOf(key)))
                {
                    queue.Remove(key); // scheduled by the version before, which still drains
                    continue;
                }
                if (at > now)
                {
                    var wait = at - now < LongestWait ? at - now : LongestWait;
                    timer = Time.CreateTimer(static jobs => ((PluginJobs)jobs!).Arm(), this, wait, Timeout.InfiniteTimeSpan);
                    break;
                }
                queue.Start(key, runner);
                due.Add(key);
            }
        }
        foreach (var key in due)
        {
            hookRuntime.Activity.Begin();
            _ = Task.Run(() => RunAsync(key, runner));
        }
    }

    private static AsyncFlowControl? Clean() => ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();

    private async Task RunAsync(string key, JobRunner runner)
    {
        var isOver = false;
        try
        {
            using var lease = runner.Owner.TryLease();
            if (lease is null) isOver = true; // its successor takes over
            else await RunAsync(key, runner, lease);
        }
        catch (Exception failure) // the storage's
        {
            LogStorage(failure, plugin, RetryAfterFailure.TotalSeconds);
            lock (gate) queue.Delay(key, Time.GetUtcNow() + RetryAfterFailure);
        }
        lock (gate)
        {
            queue.End(key, runner);
            if (isOver && current == runner) current = null;
        }
        Arm();
        hookRuntime.Activity.End();
    }

    private async Task RunAsync(string key, JobRunner runner, PluginLease lease)
    {
        var stored = await storage.GetAsync(key, CancellationToken.None);
        if (stored is null || StoredJob.Read(stored.Value) is not { } job)
        {
            lock (gate) queue.Remove(key); // erased with an account
            return;
        }
        var (type, name) = (StoredJob.TypeOf(key), StoredJob.NameOf(key));
        var call = await hookRuntime.Calls.RunAsync(
            new("job", Printable.Escape(type), plugin),
            stop => runner.RunAsync(type, new(name, job.Due, job.Data), lease.Container, stop), Deadline, lease.Stopping);
        if (call.End is CallEnd.Abandoned or CallEnd.Failed && lease.Stopping.IsCancellationRequested)
        {
            await EndedAsync(call.Running);
            if (!call.Running.IsCompletedSuccessfully) return; // the next version repeats it
        }
        else if (call.End is not CallEnd.Answered)
        {
            runner.Owner.Tally.Failed();
            if (call.End is CallEnd.Failed) LogFailed(call.Failure, Printable.Escape(name), Printable.Escape(type), plugin);
            else LogMissed(Printable.Escape(name), Printable.Escape(type), plugin, Deadline.TotalSeconds);
        }
        await CompleteAsync(key, stored.Version, job);
        await EndedAsync(call.Running);
    }

    private static async Task EndedAsync(Task running) => await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Unless it was scheduled anew while it ran.</summary>
    private async Task CompleteAsync(string key, long version, StoredJob job)
    {
        await turn.WaitAsync();
        try
        {
            if ((await storage.GetAsync(key, CancellationToken.None))?.Version != version) return;
            var next = JobSchedule.Next(job.Schedule, job.Due, Time);
            if (next is null) await storage.DeleteAsync(key, CancellationToken.None);
            else await storage.SetAsync(key, (job with { Due = next.Value }).Write(), CancellationToken.None);
            lock (gate)
            {
                if (next is null) queue.Remove(key);
                else queue.Set(key, next.Value);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    [LoggerMessage(EventId = 786, EventName = "PluginJobFailed", Level = LogLevel.Error,
        Message = "Job failed: {Job} of {Class} of plugin {Plugin}")]
    private partial void LogFailed(Exception? failure, string job, string @class, string plugin);

    [LoggerMessage(EventId = 787, EventName = "PluginJobMissedDeadline", Level = LogLevel.Error,
        Message = "Job cancelled: {Job} of {Class} of plugin {Plugin} ran for {Seconds} s. Until its code ends, it does not run again.")]
    private partial void LogMissed(string job, string @class, string plugin, double seconds);

    [LoggerMessage(EventId = 788, EventName = "PluginJobsUnreadable", Level = LogLevel.Error,
        Message = "Cannot read or write jobs of plugin {Plugin}; trying again in {Seconds} s.")]
    private partial void LogStorage(Exception failure, string plugin, double seconds);

    [LoggerMessage(EventId = 789, EventName = "PluginJobsWithoutClass", Level = LogLevel.Warning,
        Message = "Jobs without a class: plugin {Plugin} has scheduled jobs of {Classes}, which this version does not have. They wait.")]
    private partial void LogNoClass(string plugin, string classes);

    [LoggerMessage(EventId = 793, EventName = "PluginJobsWithoutZone", Level = LogLevel.Warning,
        Message = "Unknown time zone: plugin {Plugin} has scheduled jobs in {Zones}. They run by the time zone of this machine.")]
    private partial void LogNoZone(string plugin, string zones);
}
