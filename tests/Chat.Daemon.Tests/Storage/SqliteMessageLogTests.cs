using Chat.Daemon.Storage;

namespace Chat.Daemon.Tests.Storage;

[TestClass]
public sealed class SqliteMessageLogTests : DatabaseMessageLogTests
{
    private protected override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult(new TestDatabase());

    [TestMethod]
    public async Task ClosingLeavesASingleCompleteFile()
    {
        await Log.AppendAsync(One, Messages(1, 20));
        await Database.ReopenAsync();
        Assert.AreEqual(20, (await Log.RangeAsync(One, Stop)).Last);
        await Database.Writer.CloseAsync();
        await Database.Readers.DisposeAsync();
        Database.Writer.Dispose();
        Assert.IsFalse(File.Exists(Database.FilePath + "-wal"));
    }

    [TestMethod]
    public async Task ClientIdsAreReadFromTheIndexAlone()
    {
        var plan = await Database.Writer.WriteAsync(connection => Sql.Rows(
            connection,
            """
            EXPLAIN QUERY PLAN SELECT client_id, seq FROM messages
            WHERE id >> 13 = 1 AND session = 1 AND conversation = 1 AND client_id IS NOT NULL ORDER BY seq DESC LIMIT 1
            """,
            row => row.GetString(3)));
        Assert.HasCount(1, plan);
        Assert.Contains("messages_by_client_id (<expr>=? AND session=? AND conversation=?)", plan[0]);
    }
}
