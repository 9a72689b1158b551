using Chat.LoadTest.Measuring;

namespace Chat.LoadTest.Tests;

[TestClass]
public sealed class NumberTallyTests
{
    [TestMethod]
    [DataRow(new long[] { 1, 2, 3 }, 0, 0, 3, DisplayName = "all")]
    [DataRow(new long[] { 1, 3 }, 1, 0, 1, DisplayName = "a hole")]
    [DataRow(new long[] { 1, 3, 2 }, 0, 0, 3, DisplayName = "a hole that is filled")]
    [DataRow(new long[] { 1, 2, 2 }, 0, 1, 2, DisplayName = "a number twice")]
    [DataRow(new long[] { 5, 1 }, 3, 0, 1, DisplayName = "a wide hole, filled in part")]
    public void CountsHolesAndRepeats(long[] numbers, int holes, int repeats, int complete)
    {
        var tally = new NumberTally();
        for (var i = 0; i < numbers.Length; i++) tally.Take(numbers[i], 0, i + 1);
        Assert.AreEqual((holes, repeats, complete), (tally.Holes, tally.Repeats, tally.Complete));
    }

    [TestMethod]
    public void ForgetsNoHoleHoweverWide()
    {
        var tally = new NumberTally();
        tally.Take(1_000_001, 0, 1);
        Assert.AreEqual(1_000_000, tally.Holes);
    }

    [TestMethod]
    public void KeepsTheHolesOfEarlierVisits()
    {
        var tally = new NumberTally();
        tally.StartAt(10);
        tally.Take(12, 0, 1);
        tally.StartAt(50);
        tally.Take(51, 0, 2);
        Assert.AreEqual((1L, 51L), (tally.Holes, tally.Last));
    }

    [TestMethod]
    public void TheDigestIgnoresTheOrderOnly()
    {
        ulong Of(params (long Number, int Counter)[] messages)
        {
            var tally = new NumberTally();
            foreach (var (number, counter) in messages) tally.Take(number, 3, counter);
            return tally.Digest;
        }
        Assert.AreEqual(Of((1, 1), (2, 2), (3, 3)), Of((1, 1), (3, 3), (2, 2)));
        Assert.AreNotEqual(Of((1, 1), (2, 2)), Of((1, 2), (2, 1)));
        Assert.AreEqual(Of((1, 1), (2, 2)), Of((1, 1), (1, 1), (2, 2)), "A repeat is counted already.");
    }
}
