using Chat.Daemon.Storage;

namespace Chat.Daemon.Tests.Storage;

[TestClass]
public sealed class PostgresMessageLogTests : DatabaseMessageLogTests
{
    /// <summary>PostgreSQL has no U+0000, and no text that passes the daemon's checks has one.</summary>
    private protected override string OddText => "two\nlines\tand a bell \a inside";

    private protected override Task<TestDatabase> NewDatabaseAsync() => TestDatabase.OnServerAsync();

    [TestMethod]
    public async Task ATextThatCannotBeStoredCostsNoOtherAppend()
    {
        Task<IReadOnlyList<ChangeOutcome>> refused, stored;
        await using (await Database.HoldWriterAsync()) // both are in one transaction
        {
            refused = Log.AppendAsync(One, [new LoggedMessage(1, "x", "a\0b", 1_700_000_000_124, 9, null, null)]);
            stored = Log.AppendAsync(Two, Messages(1, 3));
        }
        await Assert.ThrowsExactlyAsync<LogRefusedException>(() => refused);
        await stored;
        Assert.AreEqual(new LogRange(1, 0), await Log.RangeAsync(One, Stop));
        Assert.AreEqual(new LogRange(1, 3), await Log.RangeAsync(Two, Stop));
        Assert.IsTrue(Database.Writer.IsHealthy);
    }
}
