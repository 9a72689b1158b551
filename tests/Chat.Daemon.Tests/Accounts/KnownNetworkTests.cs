using System.Net;
using Chat.Daemon.Accounts;
using Chat.Daemon.Tests.Storage;
using Chat.Testing;

namespace Chat.Daemon.Tests.Accounts;

/// <summary>The networks that an account knows.</summary>
[TestClass]
public sealed class KnownNetworkTests : IAsyncDisposable
{
    private readonly TestDatabase database = new();
    private readonly TestTime time = new();

    public TestContext TestContext { get; set; } = null!;

    private KnownNetworkStore Store => new(database.Writer, database.Readers, time);

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [TestMethod]
    public async Task SeveralAreRememberedAndTheOneNotSeenForLongestIsForgotten()
    {
        for (var i = 0; i < 10; i++) await AddAsync(i);
        await AddAsync(0);
        await AddAsync(10);
        await database.ReopenAsync();
        Assert.IsTrue(await KnowsAsync(0));
        Assert.IsFalse(await KnowsAsync(1));
        for (var i = 2; i <= 10; i++) Assert.IsTrue(await KnowsAsync(i), $"{i}");
        Assert.IsFalse(await Store.ContainsAsync(8, Network(0), TestContext.CancellationToken), "of another account");
    }

    [TestMethod]
    public async Task ALoginFromAKnownNetworkWritesOnceADay()
    {
        await Store.AddAsync(7, Network(0), TestContext.CancellationToken);
        var commits = database.Writer.Commits;
        await Store.AddAsync(7, Network(0), TestContext.CancellationToken);
        Assert.AreEqual(commits, database.Writer.Commits);
        await AddAsync(0);
        Assert.AreEqual(commits + 1, database.Writer.Commits);
    }

    private static IPNetwork Network(int last) => GuessLimits.NetworkOf(IPAddress.Parse($"203.0.113.{last}"));

    private Task AddAsync(int last)
    {
        time.Advance(TimeSpan.FromDays(1));
        return Store.AddAsync(7, Network(last), TestContext.CancellationToken);
    }

    private async Task<bool> KnowsAsync(int last) => await Store.ContainsAsync(7, Network(last), TestContext.CancellationToken);
}
