using Chat.Daemon.Commands;
using Chat.Testing;

namespace Chat.Commands.Tests;

[TestClass]
internal sealed class RateTableTests
{
    private static readonly CommandRate FivePerMinute = new(5, TimeSpan.FromSeconds(60));

    private readonly TestTime time = new();
    private readonly RateTable rates;

    public RateTableTests() => rates = new(time);

    [TestMethod]
    public void AllRunsMayComeAtOnceAndGrowBackEvenly()
    {
        for (var i = 0; i < 5; i++) Assert.IsNull(rates.Take("u", "c", FivePerMinute));
        Assert.AreEqual(TimeSpan.FromSeconds(12), rates.Take("u", "c", FivePerMinute));
        time.Advance(TimeSpan.FromSeconds(12));
        Assert.IsNull(rates.Take("u", "c", FivePerMinute));
        Assert.IsNotNull(rates.Take("u", "c", FivePerMinute));
    }

    [TestMethod]
    public void EachUserAndEachCommandHasItsOwnLimit()
    {
        for (var i = 0; i < 5; i++) rates.Take("u", "c", FivePerMinute);
        Assert.IsNull(rates.Take("v", "c", FivePerMinute));
        Assert.IsNull(rates.Take("u", "d", FivePerMinute));
    }

    [TestMethod]
    public void PeekingCountsNoRun()
    {
        for (var i = 0; i < 10; i++) Assert.IsNull(rates.WaitFor("u", "c", FivePerMinute));
        Assert.IsNull(rates.Take("u", "c", FivePerMinute));
    }
}
