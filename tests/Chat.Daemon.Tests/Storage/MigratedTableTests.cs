using System.Data.Common;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Migration;

namespace Chat.Daemon.Tests.Storage;

/// <summary>Whoever adds a table adds it to <see cref="MigratedTable.All"/>, or says why <c>chatd migrate</c> need not copy it.</summary>
[TestClass]
public sealed class MigratedTableTests
{
    private static readonly string[] Known = [.. MigratedTable.All.Select(table => table.Name), .. MigratedTable.NotCopied];

    [TestMethod]
    public async Task EveryTableOfSqliteIsCopiedOrNamed()
    {
        await using var file = new TestDatabase();
        var tables = await NamesAsync(file, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
        Assert.IsEmpty(tables.Except(Known), "tables that chatd migrate forgets");
        CollectionAssert.IsSubsetOf(MigratedTable.All.Select(table => table.Name).ToList(), tables);
    }

    [TestMethod]
    public async Task EveryTableOfPostgreSqlIsCopiedOrNamed()
    {
        await using var server = await TestDatabase.OnServerAsync();
        var tables = await NamesAsync(server, """
            SELECT CAST(table_name AS TEXT) FROM information_schema.tables
            WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
            """);
        Assert.IsEmpty(tables.Except(Known), "tables that chatd migrate forgets");
    }

    [TestMethod]
    public async Task BothHaveTheSameColumnsToCopy()
    {
        await using var file = new TestDatabase();
        await using var server = await TestDatabase.OnServerAsync();
        foreach (var table in MigratedTable.All)
        {
            var columns = await ColumnsAsync(file, table);
            Assert.IsGreaterThan(1, columns.Count, table.Name);
            CollectionAssert.AreEqual(columns, await ColumnsAsync(server, table), table.Name);
        }
    }

    private static Task<List<string>> ColumnsAsync(TestDatabase database, MigratedTable table) =>
        database.Writer.WriteAsync(connection => TableShape.Columns(connection, table));

    private static Task<List<string>> NamesAsync(TestDatabase database, string sql) =>
        database.Writer.WriteAsync((DbConnection connection) => Sql.Rows(connection, sql, row => row.GetString(0)));
}
