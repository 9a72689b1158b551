using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.Tests.Diagnostics;

[TestClass]
public sealed class LatenciesTests
{
    [TestMethod]
    public void QuantilesAreWithinSixPercent()
    {
        var times = new Latencies();
        for (var i = 1; i <= 1000; i++) times.Add(TimeSpan.FromMilliseconds(i / 10.0));
        var summary = times.Take();
        AssertNear(50, summary.Median);
        AssertNear(99, summary.P99);
    }

    [TestMethod]
    [DataRow(0.0000001)]
    [DataRow(0.000003)]
    [DataRow(0.00071)]
    [DataRow(2.5)]
    [DataRow(86_400)]
    public void AnyTimeHasABucket(double seconds)
    {
        var times = new Latencies();
        times.Add(TimeSpan.FromSeconds(seconds));
        var (median, p99) = times.Take();
        Assert.AreEqual(median, p99);
        if (seconds is > 0.000005 and < 3_600) Assert.AreEqual(seconds, median!.Value.TotalSeconds, seconds * 0.065);
    }

    [TestMethod]
    public void TakingBeginsAnew()
    {
        var times = new Latencies();
        times.Add(TimeSpan.FromSeconds(1));
        Assert.IsNotNull(times.Take().Median);
        Assert.AreEqual(default, times.Take());
    }

    private static void AssertNear(double milliseconds, TimeSpan? time) =>
        Assert.AreEqual(milliseconds, time!.Value.TotalMilliseconds, milliseconds * 0.065);
}
