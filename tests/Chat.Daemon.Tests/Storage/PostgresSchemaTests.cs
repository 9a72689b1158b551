using Chat.Daemon.Storage;

namespace Chat.Daemon.Tests.Storage;

/// <summary>Both engines have the same tables: a migration of one needs its twin.</summary>
[TestClass]
public sealed class PostgresSchemaTests
{
    /// <summary>What only SQLite needs.</summary>
    private static readonly string[] OfSqlite = ["unindexed.id", "unindexed.message"];

    /// <summary>What only PostgreSQL needs. Where SQLite has a rowid without saying so, there is a column.</summary>
    private static readonly string[] OfPostgres =
        ["schema.version", "messages.words", "epoch.commits", "sqlite_sequence.name", "sqlite_sequence.seq"];

    [TestMethod]
    public async Task ItHasTheColumnsOfSqlite()
    {
        await using var file = new TestDatabase();
        await using var server = await TestDatabase.OnServerAsync();
        var expected = await ColumnsAsync(file, """
            SELECT t.name || '.' || c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
            """);
        var found = await ColumnsAsync(server, """
            SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = current_schema()
            """);
        CollectionAssert.AreEquivalent(
            expected.Except(OfSqlite).ToArray(),
            found.Except(OfPostgres).Where(column => !column.EndsWith(".rowid", StringComparison.Ordinal)).ToArray());
    }

    private static Task<List<string>> ColumnsAsync(TestDatabase database, string sql) =>
        database.Writer.WriteAsync(connection => Sql.Rows(connection, sql, row => row.GetString(0)));
}
