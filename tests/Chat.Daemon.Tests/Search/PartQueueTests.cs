using Chat.Daemon.Search;
using Chat.Testing;

namespace Chat.Daemon.Tests.Search;

[TestClass]
public sealed class PartQueueTests
{
    private readonly TestTime time = new();
    private readonly PartQueue queue;

    public PartQueueTests() => queue = new PartQueue(time);

    [TestMethod]
    public void APartIsDueAWhileAfterItBecameStale()
    {
        queue.Add(Part(1, Staleness.Replaced));
        queue.Add(Part(2, Staleness.Deleted));
        Assert.IsNull(queue.NextDue());
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.AreEqual(1, queue.NextDue()?.Number);
        queue.Remove(Part(1, Staleness.Replaced));
        Assert.IsNull(queue.NextDue());
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.AreEqual(2, queue.NextDue()?.Number);
    }

    [TestMethod]
    public void OverduePartsComeOneAtATimeTheOldestFirst()
    {
        foreach (var number in (long[])[3, 1, 2])
        {
            queue.Add(Part(number, Staleness.Replaced));
            time.Advance(TimeSpan.FromSeconds(1));
        }
        queue.Add(Part(4, Staleness.Deleted));
        Assert.IsNull(queue.NextOverdue());
        time.Advance(TimeSpan.FromSeconds(40));
        var dropped = new List<long>();
        while (queue.NextOverdue() is { } late)
        {
            dropped.Add(late.Number);
            queue.Remove(late);
        }
        CollectionAssert.AreEqual((long[])[3, 1, 2], dropped);
        Assert.IsFalse(queue.IsEmpty, "what was only deleted is never dropped");
    }

    /// <summary>Else users who keep editing would hold up an erasure for ever.</summary>
    [TestMethod]
    public void OnlyPartsThatAreStaleNowAreHurried()
    {
        queue.Add(Part(1, Staleness.Deleted));
        queue.Hurry();
        time.Advance(TimeSpan.FromMilliseconds(1));
        queue.AddLeft(Part(2, Staleness.Replaced));
        Assert.AreEqual(1, queue.NextDue()?.Number);
        Assert.IsTrue(queue.HasHurried);
        queue.Remove(Part(1, Staleness.Deleted));
        Assert.IsFalse(queue.HasHurried);
        Assert.AreEqual(2, queue.NextDue()?.Number);
    }

    [TestMethod]
    public void AHurriedPartThatBecomesStalerStaysHurried()
    {
        queue.Add(Part(1, Staleness.Deleted));
        queue.Hurry();
        queue.Add(Part(1, Staleness.Replaced));
        Assert.IsTrue(queue.HasHurried);
        Assert.AreEqual(1, queue.NextDue()?.Number);
    }

    private static IndexPart Part(long number, Staleness staleness) => new(number, 1, IsComplete: true, staleness);
}
