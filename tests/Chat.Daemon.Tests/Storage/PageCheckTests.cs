using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Tests.Storage;

[TestClass]
public sealed class PageCheckTests
{
    [TestMethod]
    public async Task ItStopsWhenTheTimeIsUp()
    {
        await using var database = new TestDatabase();
        await database.Log.AppendAsync(new(1), [.. Enumerable.Range(1, 20_000).Select(i => new LoggedMessage(i, "ana", "oi", 1, 7))]);
        var (none, all) = await database.Writer.WriteAsync(connection => (
            PageCheck.Within((SqliteConnection)connection, TimeSpan.Zero), PageCheck.Within((SqliteConnection)connection, Wait.Limit)));
        Assert.AreEqual((null, false), none);
        Assert.AreEqual((null, true), all);
        Assert.AreEqual(20_000, await database.NumberAsync("SELECT count(*) FROM messages"), "The connection works on.");
    }
}
