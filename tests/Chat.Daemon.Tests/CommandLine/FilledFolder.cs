using System.Data.Common;
using System.Globalization;
using Chat.Daemon.Configuration;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Migration;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary>A data folder whose database has rows in every table: numbers, texts of all kinds, bytes, and what is not there.</summary>
internal sealed class FilledFolder : IDisposable
{
    private readonly ScratchFolder folder = new();

    /// <param name="messages">How many more there are, in ten rooms.</param>
    public FilledFolder(int messages = 0)
    {
        Directory.CreateDirectory(folder["data"]);
        File.WriteAllBytes(DatabasePath, []);
        using var connection = Open();
        Schema.Migrate(connection, DatabasePath);
        using var transaction = connection.BeginTransaction();
        foreach (var table in MigratedTable.All) Fill(connection, table);
        if (messages > 0) AddMessages(connection, messages);
        Execute("DELETE FROM audit WHERE id = 3"); // whose number is not given again
        Execute("UPDATE messages SET erased = 0 WHERE id = 1");
        Execute("UPDATE epoch SET value = x'00112233445566778899aabbccddeeff'");
        transaction.Commit();

        void Execute(string sql) => Sql.Execute(connection, sql);
    }

    public string Data => folder["data"];

    public string DatabasePath => Path.Combine(Data, DatabaseFile.Name);

    public string this[string name] => folder[name];

    public void Execute(string sql)
    {
        using var connection = Open();
        Sql.Execute(connection, sql);
    }

    /// <summary>Everything that a daemon would find in a folder, but for the epoch.</summary>
    public static string ContentOf(string data)
    {
        using var connection = new DatabaseFile(Path.Combine(data, DatabaseFile.Name), Durability.Normal).OpenReader();
        return string.Join('\n', MigratedTable.All.Select(table => string.Create(
            CultureInfo.InvariantCulture,
            $"{table.Name} {TableNumbers.Read(connection, table)}: {string.Join("; ", RowsOf(connection, table))}")));
    }

    public void Dispose() => folder.Dispose();

    private SqliteConnection Open() => new DatabaseFile(DatabasePath, Durability.Normal).OpenWriter();

    private static IEnumerable<string> RowsOf(DbConnection connection, MigratedTable table) =>
        TableShape.Rows(connection, table, TableShape.Columns(connection, table)).Select(row => string.Join(',', row.Select(Shown)));

    private static string? Shown(object? value) =>
        value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture);

    private static void Fill(SqliteConnection connection, MigratedTable table)
    {
        var columns = Sql.Rows(
            connection, "SELECT name, type, \"notnull\" FROM pragma_table_info($table)",
            row => (Name: row.GetString(0), Type: row.GetString(1), IsNeeded: row.GetInt64(2) != 0), ("$table", table.Name));
        for (var number = 1L; number <= 3; number++)
        {
            var values = columns.Select((column, index) => Value(column.Name, column.Type, column.IsNeeded, number)).ToList();
            Sql.Execute(
                connection,
                $"""
                INSERT INTO {table.Name}({string.Join(", ", columns.Select(column => column.Name))})
                VALUES ({string.Join(", ", columns.Select(column => "$" + column.Name))})
                """,
                [.. columns.Zip(values, (column, value) => ("$" + column.Name, value))]);
        }
    }

    private static object? Value(string name, string type, bool isNeeded, long number) => (name, type) switch
    {
        ("kind", _) => "room",
        ("texts" or "erased" or "held", _) => number % 2,
        (_, "INTEGER") => !isNeeded && number == 2 && name != "id" && name != "account" && name != "version" ? null : number,
        (_, "BLOB") => new byte[] { 0, 255, (byte)number },
        _ => !isNeeded && number == 2 ? null : $"{name} {number}: ação, 😀\n\\t'\"{{}}",
    };

    private static void AddMessages(SqliteConnection connection, int count)
    {
        Sql.Execute(
            connection,
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $count)
            INSERT INTO messages(conversation, seq, sender, at, text, session, client_id, erased, identity)
            SELECT 10 + i % 10, i / 10 + 1, 'ana', i, 'a text of the usual length, the number of which is ' || i, 1, 'c' || i, 0, 'g1'
            FROM n
            """,
            ("$count", (long)count));
    }
}
