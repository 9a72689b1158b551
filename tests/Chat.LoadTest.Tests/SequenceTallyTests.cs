using Chat.LoadTest.Measuring;

namespace Chat.LoadTest.Tests;

/// <summary>Feeds the tally with what a broken daemon would deliver.</summary>
[TestClass]
public sealed class SequenceTallyTests
{
    [TestMethod]
    [DataRow(new[] { 1, 2, 3, 4 }, 0, 0, 0, DisplayName = "all, once, in order")]
    [DataRow(new[] { 1, 3, 4 }, 1, 0, 0, DisplayName = "a gap")]
    [DataRow(new[] { 1, 2, 2, 3, 4 }, 0, 1, 0, DisplayName = "a duplicate")]
    [DataRow(new[] { 1, 3, 2, 4 }, 0, 0, 1, DisplayName = "a swap")]
    [DataRow(new[] { 2, 3, 4 }, 1, 0, 0, DisplayName = "the first is missing")]
    [DataRow(new[] { 1, 2 }, 2, 0, 0, DisplayName = "the last are missing")]
    [DataRow(new int[0], 4, 0, 0, DisplayName = "nothing arrives")]
    [DataRow(new[] { 4, 3, 2, 1, 1 }, 0, 1, 3, DisplayName = "backwards, and one twice")]
    public void CountsErrors(int[] received, int lost, int doubled, int disordered)
    {
        var tally = new SequenceTally(senders: 1);
        foreach (var counter in received) tally.Take(0, counter);
        Assert.AreEqual((lost, (long)doubled, (long)disordered), (tally.Missing(0, last: 4).Count(), tally.Doubled, tally.Disordered));
        Assert.AreEqual(4 - lost, tally.Received);
    }

    [TestMethod]
    public void CountsEachSenderSeparately()
    {
        var tally = new SequenceTally(senders: 2);
        foreach (var (sender, counter) in new[] { (0, 1), (1, 1), (1, 2), (0, 3) }) tally.Take(sender, counter);
        Assert.AreEqual(2, tally.Missing(0, last: 3).Single());
        Assert.IsFalse(tally.Missing(1, last: 2).Any());
        Assert.AreEqual(0, tally.Disordered);
    }
}
