using Chat.Daemon.Accounts;
using Chat.Daemon.Storage;
using Chat.Daemon.Tests.Storage;

namespace Chat.Daemon.Tests.Accounts;

/// <summary>Export and erasure go by one list of what the database keeps about accounts, and nothing is missing there.</summary>
[TestClass]
public sealed class AccountTablesTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task EveryColumnOfEveryTableIsInTheList()
    {
        await using var database = new TestDatabase();
        var stored = await database.Writer.WriteAsync(connection => Sql.Rows(
            connection,
            """
            SELECT t.name || '.' || c.name FROM pragma_table_list AS t, pragma_table_xinfo(t.name) AS c
            WHERE t.schema = 'main' AND t.name NOT GLOB 'sqlite_*'
            """,
            row => row.GetString(0)));

        var listed = AccountTables.All.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column}")).ToList();

        Assert.IsEmpty(
            stored.Except(listed), "What do these columns tell about a user? Say in AccountTables how to export and erase it.");
        Assert.IsEmpty(listed.Except(stored), "AccountTables lists columns that do not exist.");
        Assert.HasCount(listed.Distinct().Count(), listed);
    }

    [TestMethod]
    public async Task AMessageStoredLateIsErasedByItsIdentity()
    {
        await using var database = new TestDatabase();
        await database.ExecuteAsync("""
            INSERT INTO messages(id, conversation, seq, sender, at, text, session, erased, identity) VALUES
                (1, 1, 1, 'ana', 9, 'old', 1, 0, NULL), (2, 1, 2, 'ana', 9, 'hers', 1, 0, 'a1'),
                (3, 1, 3, 'ana', 9, 'late', 1, 0, 'a1'), (4, 1, 4, 'ana', 9, 'of a guest', 2, 0, 'g2')
            """);
        var rows = new RowErasure(database.Writer, database.Readers, TimeProvider.System);

        await rows.RunAsync(new Erasure(new AccountKey(1, "ana", "ana", 1), Texts: false, LastMessage: 2), TestContext.CancellationToken);

        var left = await database.Writer.WriteAsync(connection => Sql.Rows(
            connection, "SELECT text FROM messages WHERE sender = 'ana'", row => row.GetString(0)));
        CollectionAssert.AreEqual(new[] { "of a guest" }, left);
    }
}
