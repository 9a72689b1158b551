using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage.Migration;

/// <inheritdoc/>
internal sealed class FileInsert : IRowInsert
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand command;

    public FileInsert(SqliteConnection connection, MigratedTable table, List<string> columns)
    {
        this.connection = connection;
        var names = columns.Select((_, index) => $"$v{index}").ToList();
        command = (SqliteCommand)Sql.Command(
            connection, $"INSERT INTO {table.Name}({string.Join(", ", columns)}) VALUES ({string.Join(", ", names)})",
            [.. names.Select(name => (name, (object?)null))]);
    }

    public void Insert(IReadOnlyList<object?[]> rows)
    {
        using var transaction = connection.BeginTransaction();
        command.Transaction = transaction;
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) command.Parameters[i].Value = row[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    public void Dispose() => command.Dispose();
}
