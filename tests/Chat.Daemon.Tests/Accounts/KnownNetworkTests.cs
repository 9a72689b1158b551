using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Tests.Storage;
using Chat.Testing;

namespace Chat.Daemon.Tests.Accounts;

/// <summary>The networks that an account knows.</summary>
[TestClass]
public class KnownNetworkTests : StoreTests
{
    private readonly TestTime time = new();

    private KnownNetworkStore Store => new(Database.Writer, Database.Readers, time);

    [TestMethod]
    public async Task SeveralAreRememberedAndTheOneNotSeenForLongestIsForgotten()
    {
        for (var i = 0; i < 10; i++) await AddAsync(i);
        await AddAsync(0);
        await AddAsync(10);
        await Database.ReopenAsync();
        Assert.IsTrue(await KnowsAsync(0));
        Assert.IsFalse(await KnowsAsync(1));
        for (var i = 2; i <= 10; i++) Assert.IsTrue(await KnowsAsync(i), $"{i}");
        Assert.IsFalse(await Store.ContainsAsync(8, Network(0), Stop), "of another account");
    }

    [TestMethod]
    public async Task ALoginFromAKnownNetworkWritesOnceADay()
    {
        await Store.AddAsync(7, Network(0), Stop);
        var commits = Database.Writer.Commits;
        await Store.AddAsync(7, Network(0), Stop);
        Assert.AreEqual(commits, Database.Writer.Commits);
        await AddAsync(0);
        Assert.AreEqual(commits + 1, Database.Writer.Commits);
    }

    private static IPNetwork Network(int last) => GuessLimits.NetworkOf(IPAddress.Parse($"203.0.113.{last}"));

    private Task AddAsync(int last)
    {
        time.Advance(TimeSpan.FromDays(1));
        return Store.AddAsync(7, Network(last), Stop);
    }

    private async Task<bool> KnowsAsync(int last) => await Store.ContainsAsync(7, Network(last), Stop);
}
