using Chat.Daemon.Diagnostics;
using Chat.Testing;

namespace Chat.Daemon.Tests.Diagnostics;

[TestClass]
public sealed class LoadSamplesTests
{
    private readonly TestTime time = new();

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task ASampleIsOfItsIntervalAlone()
    {
        using var metrics = new DaemonMetrics();
        metrics.AddGauge("chat.outbox", "By", "Bytes.", () => 4_711);
        metrics.Messages.Add(1_000);
        var samples = new LoadSamples(metrics, new SteadyTime(time));
        await samples.RunAsync(TestContext.CancellationToken);
        Assert.IsEmpty(samples.After(0));

        metrics.Messages.Add(50);
        metrics.Deliveries.Add(500);
        metrics.ConnectionsOpen.Add(7);
        metrics.AddCommit(TimeSpan.FromMilliseconds(3));
        await NextAsync(samples);
        var first = samples.After(0).Single();
        Assert.AreEqual(10, first.Messages);
        Assert.AreEqual(100, first.Deliveries);
        Assert.AreEqual(7, first.Connections);
        Assert.AreEqual(4_711, first.OutboxBytes);
        Assert.AreEqual(3, first.Commit.Median!.Value.TotalMilliseconds, 0.2);
        Assert.IsNull(first.Delivery.Median);
        Assert.IsNull(first.DiskFree, "there is no such gauge here");
        Assert.IsGreaterThan(0, first.Memory);

        await NextAsync(samples);
        var second = samples.After(first.Number).Single();
        Assert.AreEqual(0, second.Messages);
        Assert.IsNull(second.Commit.P99);
    }

    [TestMethod]
    public async Task AnHourIsKept()
    {
        using var metrics = new DaemonMetrics();
        var samples = new LoadSamples(metrics, new SteadyTime(time));
        for (var i = 0; i < 800; i++) await NextAsync(samples);
        var kept = samples.After(0);
        Assert.HasCount(720, kept);
        Assert.AreEqual(799, kept[^1].Number);
        Assert.AreEqual(TimeSpan.FromHours(1) - LoadSamples.Interval, kept[^1].At - kept[0].At);
    }

    private async Task NextAsync(LoadSamples samples)
    {
        time.Advance(LoadSamples.Interval);
        await samples.RunAsync(TestContext.CancellationToken);
    }
}
