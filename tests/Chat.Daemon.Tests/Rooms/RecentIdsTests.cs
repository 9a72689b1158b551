using Chat.Daemon.Rooms;

namespace Chat.Daemon.Tests.Rooms;

/// <summary>Hashes can collide, so each id keeps the number of its own slot.</summary>
[TestClass]
public sealed class RecentIdsTests
{
    private const int Hash = 7;

    [TestMethod]
    public void TwoIdsWithTheSameHashAreBothCommitted()
    {
        var ids = new RecentIds([]);
        var first = ids.Put(Hash, RecentIds.InFlight);
        var second = ids.Put(Hash, RecentIds.InFlight);

        ids.Commit(first, Hash, 1);
        Assert.AreSequenceEqual([1, RecentIds.InFlight], ids.Find(Hash));
        ids.Commit(second, Hash, 2);

        Assert.AreSequenceEqual([1L, 2L], ids.Find(Hash));
    }

    [TestMethod]
    public void AnIdWhoseSlotWasReusedIsAddedAgain()
    {
        var ids = new RecentIds([]);
        var slot = ids.Put(Hash, RecentIds.InFlight);
        for (var other = 1000; other < 4000; other++) ids.Put(other, other);
        Assert.IsFalse(ids.Contains(Hash));

        ids.Commit(slot, Hash, 9);

        Assert.AreSequenceEqual([9L], ids.Find(Hash));
    }
}
