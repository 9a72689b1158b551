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
    [
        "schema.version", "messages.words", "epoch.commits", "epoch.writer", "sqlite_sequence.name", "sqlite_sequence.seq",
        .. new[]
        {
            "name", "backends", "program", "addresses", "started_at", "beat", "stop", "link", "link_key", "serves", "relayed",
            "relayed_bytes",
        }.Select(column => $"cluster_nodes.{column}"),
    ];

    private const string Columns =
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = current_schema()";

    [TestMethod]
    public async Task ItHasTheColumnsOfSqlite()
    {
        await using var file = new TestDatabase();
        await using var server = await TestDatabase.OnServerAsync();
        var expected = await ColumnsAsync(file, """
            SELECT t.name || '.' || c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
            """);
        var found = await ColumnsAsync(server, Columns);
        CollectionAssert.AreEquivalent(
            expected.Except(OfSqlite).ToArray(),
            found.Except(OfPostgres).Where(column => !column.EndsWith(".rowid", StringComparison.Ordinal)).ToArray());
    }

    /// <summary>The first version had neither nodes nor a writer. What it wrote stays.</summary>
    [TestMethod]
    public async Task TheFirstVersionMovesForward()
    {
        await using var server = await TestDatabase.OnServerAsync();
        var expected = await ColumnsAsync(server, Columns);
        await server.ExecuteAsync("""
            DROP TABLE cluster_nodes; ALTER TABLE epoch DROP COLUMN writer; UPDATE schema SET version = 1; UPDATE epoch SET commits = 41
            """);
        await server.ReopenAsync();
        CollectionAssert.AreEquivalent(expected, await ColumnsAsync(server, Columns));
        Assert.AreEqual(3, await server.NumberAsync("SELECT version FROM schema"));
        Assert.IsGreaterThan(40, await server.NumberAsync("SELECT commits FROM epoch"));
    }

    private static Task<List<string>> ColumnsAsync(TestDatabase database, string sql) =>
        database.Writer.WriteAsync(connection => Sql.Rows(connection, sql, row => row.GetString(0)));
}
