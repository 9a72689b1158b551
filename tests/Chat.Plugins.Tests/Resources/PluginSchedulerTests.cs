using Chat.Daemon.Plugins.Resources;
using Chat.Testing;

namespace Chat.Plugins.Tests.Resources;

/// <summary>Scheduled work ends with its plugin.</summary>
[TestClass]
public sealed class PluginSchedulerTests : IDisposable
{
    private readonly TestTime time = new();
    private readonly CapturedLog log = new();

    public void Dispose() => log.Dispose();

    [TestMethod]
    public async Task WorkThatCancelsItselfIsWaitedFor()
    {
        var scheduler = new PluginScheduler("keeper", time, log.CreateLogger("test"));
        var (began, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        IDisposable? own = null;
        own = scheduler.Every(TimeSpan.FromSeconds(1), async _ =>
        {
            own!.Dispose();
            began.SetResult();
            await end.Task;
        });
        time.Advance(TimeSpan.FromSeconds(1));
        await began.Task;
        var ending = scheduler.EndAsync();
        Assert.IsFalse(ending.IsCompleted);
        end.SetResult();
        await ending;
    }

    [TestMethod]
    public async Task ATokenCallbackThatThrowsIsLoggedAndTheStopContinues()
    {
        var scheduler = new PluginScheduler("keeper", time, log.CreateLogger("test"));
        var (began, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        scheduler.After(TimeSpan.Zero, async stopping =>
        {
            using var registration = stopping.Register(() => throw new InvalidOperationException("a bad end"));
            began.SetResult();
            await end.Task;
        });
        time.Advance(TimeSpan.FromSeconds(1));
        await began.Task;
        var ending = scheduler.EndAsync();
        await log.HasAsync("Scheduled work of plugin keeper failed.");
        Assert.IsFalse(ending.IsCompleted);
        end.SetResult();
        await ending;
    }

    [TestMethod]
    public void ADelayThatIsTooLongIsRefusedAndTakesNoSlot()
    {
        var scheduler = new PluginScheduler("keeper", time, log.CreateLogger("test"));
        for (var i = 0; i < PluginScheduler.MaxJobs; i++)
        {
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => scheduler.After(TimeSpan.FromDays(60), _ => default));
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => scheduler.Every(TimeSpan.MaxValue, _ => default));
        }
        for (var i = 0; i < PluginScheduler.MaxJobs; i++) scheduler.After(TimeSpan.FromDays(49), _ => default);
        Assert.ThrowsExactly<InvalidOperationException>(() => scheduler.After(TimeSpan.Zero, _ => default));
    }
}
