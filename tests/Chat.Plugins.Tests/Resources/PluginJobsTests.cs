using System.Collections.Concurrent;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Resources;
using Chat.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Tests.Resources;

/// <summary>Jobs whose code hangs, whose version is replaced, whose storage fails, or whose schedule nobody knows.</summary>
[TestClass]
public sealed class PluginJobsTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestTime time = new();
    private readonly CapturedLog log = new();
    private readonly MemoryStorage storage = new();
    private readonly HookRuntime hooks;
    private readonly PluginJobs jobs;
    private readonly ServiceProvider container = new ServiceCollection().BuildServiceProvider();
    private readonly SemaphoreSlim began = new(0);
    private readonly ConcurrentQueue<string> runs = [];

    public PluginJobsTests()
    {
        hooks = new(new HookMetrics(), time, log);
        jobs = new("tower", storage, hooks);
    }

    public void Dispose()
    {
        container.Dispose();
        began.Dispose();
        log.Dispose();
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task AJobThatIgnoresItsCancellationDoesNotRunAgainUntilItEnds()
    {
        var end = new TaskCompletionSource();
        await ActivateAsync(Version((_, _) => end.Task));
        await jobs.ScheduleAsync("Alarm:tea", Schedule.Every(Minute), "", CancellationToken.None);
        time.Advance(Minute);
        await began.WaitAsync();
        await AdvanceUntilAsync("Job cancelled: tea of Alarm of plugin tower ran for 60 s.");
        time.Advance(10 * Minute);
        Assert.HasCount(1, runs);
        end.SetResult();
        await began.WaitAsync(); // what was missed meanwhile
        Assert.HasCount(2, runs);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task AJobThatAStopCancelsRunsAgainInTheNextVersion()
    {
        var old = Version((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, stop));
        await ActivateAsync(old);
        await jobs.ScheduleAsync("Alarm:tea", Schedule.After(Minute), "", CancellationToken.None);
        time.Advance(Minute);
        await began.WaitAsync();
        await ActivateAsync(Version((_, _) => Task.CompletedTask), hanging: 1);
        Assert.HasCount(1, runs); // not twice at once
        Assert.AreEqual(0, await old.Owner.DrainAsync(TimeSpan.Zero, Minute, CancellationToken.None));
        await began.WaitAsync();
        await IdleAsync();
        Assert.HasCount(2, runs);
        Assert.IsEmpty(await storage.ListAsync("", CancellationToken.None));
        Assert.IsEmpty(log.Lines);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task AJobThatEndsInSpiteOfAStopDoesNotRunAgain()
    {
        var old = Version((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, stop).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default));
        await ActivateAsync(old);
        await jobs.ScheduleAsync("Alarm:tea", Schedule.After(Minute), "", CancellationToken.None);
        time.Advance(Minute);
        await began.WaitAsync();
        await ActivateAsync(Version((_, _) => Task.CompletedTask), hanging: 1);
        await old.Owner.DrainAsync(TimeSpan.Zero, Minute, CancellationToken.None);
        await IdleAsync();
        Assert.HasCount(1, runs);
        Assert.IsEmpty(await storage.ListAsync("", CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task AVersionThatHangsAfterItsEndKeepsNoJobFromRunning()
    {
        var end = new TaskCompletionSource();
        var old = Version((_, _) => end.Task);
        await ActivateAsync(old);
        await jobs.ScheduleAsync("Alarm:tea", Schedule.After(Minute), "", CancellationToken.None);
        time.Advance(Minute);
        await began.WaitAsync();
        await ActivateAsync(Version((_, _) => Task.CompletedTask), hanging: 1);
        Assert.HasCount(1, runs);
        jobs.Release(old);
        await began.WaitAsync();
        end.SetResult();
        await IdleAsync();
        Assert.HasCount(2, runs);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task AtMostSixteenRunAtOnceAndTheOthersFollow()
    {
        var end = new TaskCompletionSource();
        await ActivateAsync(Version((_, _) => end.Task));
        for (var i = 0; i < 20; i++) await jobs.ScheduleAsync($"Alarm:{i}", Schedule.After(Minute), "", CancellationToken.None);
        time.Advance(Minute);
        for (var i = 0; i < PluginJobs.MostAtOnce; i++) await began.WaitAsync();
        Assert.HasCount(PluginJobs.MostAtOnce, runs);
        end.SetResult();
        await IdleAsync();
        Assert.HasCount(20, runs);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task TenThousandThatAreDueAtOnceRunOnceEach()
    {
        for (var i = 0; i < 10_000; i++) await StoreAsync($"Alarm:{i}", "once");
        await ActivateAsync(Version((_, _) => Task.CompletedTask));
        Assert.HasCount(10_000, runs.Distinct());
        Assert.HasCount(10_000, runs);
        Assert.IsEmpty(await storage.ListAsync("", CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task JobsThatCannotBeReadAtTheStartRunAMinuteLater()
    {
        await StoreAsync("Alarm:tea", "once");
        storage.Failures = 1;
        await ActivateAsync(Version((_, _) => Task.CompletedTask));
        await log.HasAsync("Cannot read or write jobs of plugin tower; trying again in 60 s.");
        Assert.IsEmpty(runs);
        time.Advance(Minute);
        await began.WaitAsync();
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task AJobInAZoneThatIsGoneRunsByTheMachinesTime()
    {
        await StoreAsync("Alarm:tea", "cron 30 9 * * * Middle-earth/The Shire");
        await ActivateAsync(Version((_, _) => Task.CompletedTask));
        await log.HasAsync("Unknown time zone: plugin tower has scheduled jobs in Middle-earth/The Shire.");
        await began.WaitAsync(); // what was due when it was stored
        time.Advance(TimeSpan.FromHours(21.5)); // from noon
        await began.WaitAsync();
        Assert.HasCount(2, runs);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    [DataRow("moon full")]
    [DataRow("every 1e99")]
    [DataRow("every -1")]
    [DataRow("cron 1 2 3")]
    public async Task AScheduleOfANewerDaemonWaits(string schedule)
    {
        await StoreAsync("Alarm:tea", schedule);
        await ActivateAsync(Version((_, _) => Task.CompletedTask));
        time.Advance(TimeSpan.FromDays(2));
        await IdleAsync();
        Assert.IsEmpty(runs);
        Assert.HasCount(1, await storage.ListAsync("", CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task AJobWhoseClassIsMissingWaitsForAVersionThatHasIt()
    {
        await StoreAsync("Bell:tea", "once");
        await ActivateAsync(Version((_, _) => Task.CompletedTask));
        await log.HasAsync("Jobs without a class: plugin tower has scheduled jobs of Bell, which this version does not have.");
        time.Advance(TimeSpan.FromDays(2));
        await IdleAsync();
        Assert.IsEmpty(runs);
        await ActivateAsync(Version((_, _) => Task.CompletedTask, "Bell"));
        await began.WaitAsync();
        await IdleAsync();
        Assert.HasCount(1, runs);
        Assert.IsEmpty(await storage.ListAsync("", CancellationToken.None));
    }

    [TestMethod]
    public async Task AZoneThatNoRestartWouldFindIsRefused()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("Ship's time", TimeSpan.FromHours(1), null, null);
        await Assert.ThrowsExactlyAsync<ArgumentException>(
            () => jobs.ScheduleAsync("Alarm:tea", Schedule.Cron("0 9 * * *", zone), "", CancellationToken.None));
    }

    private JobRunner Version(Func<ScheduledJob, CancellationToken, Task> run, string type = "Alarm") => new(
        new PluginOwner("tower", container, time),
        new Dictionary<string, Func<IServiceProvider, IJob>> { [type] = _ => new Alarm(this, run) });

    private async Task StoreAsync(string key, string schedule) =>
        await storage.SetAsync(key, new StoredJob(schedule, time.GetUtcNow(), "").Write(), CancellationToken.None);

    /// <summary>Returns when the version has read the jobs and run those that are due.</summary>
    /// <param name="hanging">Runs that do not end.</param>
    private Task ActivateAsync(JobRunner version, int hanging = 0)
    {
        jobs.Activate(version);
        return IdleAsync(hanging);
    }

    private async Task IdleAsync(int hanging = 0)
    {
        while (hooks.Activity.Running > hanging) await Task.Yield();
    }

    /// <summary>In small steps, because the deadline's timer is perhaps set only after the first.</summary>
    private async Task AdvanceUntilAsync(string text)
    {
        while (!log.Lines.Any(l => l.Text.Contains(text, StringComparison.Ordinal)))
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private sealed class Alarm(PluginJobsTests test, Func<ScheduledJob, CancellationToken, Task> run) : IJob
    {
        public async ValueTask RunAsync(ScheduledJob job, CancellationToken cancellation)
        {
            test.runs.Enqueue(job.Name);
            test.began.Release();
            await run(job, cancellation);
        }
    }
}
