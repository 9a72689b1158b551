using Chat.Testing;

namespace Chat.Daemon.Tests;

[TestClass]
public sealed class TokenBucketTests
{
    private static readonly BucketLimit FivePerMinute = BucketLimit.Of(5, TimeSpan.FromMinutes(1));

    private readonly TestTime time = new();
    private TokenBucket bucket;

    [TestMethod]
    public void NewBucketGivesItsBurstAtOnce()
    {
        for (var i = 0; i < 5; i++) Assert.IsNull(Take());
        Assert.AreEqual(TimeSpan.FromSeconds(12), Take());
    }

    [TestMethod]
    public void TokensGrowBackOneByOne()
    {
        for (var i = 0; i < 5; i++) Take();
        for (var step = 0; step < 100; step++)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            Assert.AreEqual(TimeSpan.FromSeconds(7), Take());
            time.Advance(TimeSpan.FromSeconds(7));
            Assert.IsNull(Take());
        }
    }

    [TestMethod]
    public void BucketHoldsNoMoreThanItsBurst()
    {
        Take();
        time.Advance(TimeSpan.FromDays(1));
        for (var i = 0; i < 5; i++) Assert.IsNull(Take());
        Assert.IsNotNull(Take());
    }

    [TestMethod]
    public void TokenTakenInAdvanceMakesTheNextOneLater()
    {
        for (var i = 0; i < 7; i++) bucket.Take(FivePerMinute, time.GetTimestamp(), time);
        Assert.AreEqual(TimeSpan.FromSeconds(36), Take());
    }

    [TestMethod]
    public void BucketIsFullUntilATokenIsTakenAndOnceItHasGrownBack()
    {
        Assert.IsTrue(IsFull());
        Take();
        Assert.IsFalse(IsFull());
        time.Advance(TimeSpan.FromSeconds(12));
        Assert.IsTrue(IsFull());
    }

    [TestMethod]
    public void HugeRateNeverRunsDry()
    {
        var limit = BucketLimit.Of(1_000_000_000, TimeSpan.FromSeconds(1));
        for (var i = 0; i < 10_000; i++) Assert.IsNull(bucket.TryTake(limit, time.GetTimestamp(), time));
    }

    private TimeSpan? Take() => bucket.TryTake(FivePerMinute, time.GetTimestamp(), time);

    private bool IsFull() => bucket.IsFull(FivePerMinute, time.GetTimestamp(), time);
}
