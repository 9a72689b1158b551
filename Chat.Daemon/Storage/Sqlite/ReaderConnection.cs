using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>A read-only connection with its prepared statements. For one thread at a time.</summary>
internal sealed class ReaderConnection(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Sql.Rows(Command(sql, parameters), map);

    /// <inheritdoc cref="Sql.RowsUpTo"/>
    public List<T> RowsUpTo<T>(
        string sql, Func<SqliteDataReader, T> map, Func<T, int> sizeOf, long bytes,
        params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Sql.RowsUpTo(Command(sql, parameters), map, sizeOf, bytes);

    public long Number(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Command(sql, parameters).ExecuteScalar() as long? ?? 0;

    /// <summary>Until it is disposed, all reads see the same state.</summary>
    public Snapshot TakeSnapshot()
    {
        Command("BEGIN", []).ExecuteNonQuery();
        return new(this);
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = Sql.Command(connection, sql, parameters);
            prepared.Add(sql, command);
            return command;
        }
        foreach (var (name, value) in parameters) command.Parameters[name].Value = value ?? DBNull.Value;
        return command;
    }

    /// <summary>The default value is none.</summary>
    public readonly struct Snapshot(ReaderConnection? reader) : IDisposable
    {
        public void Dispose() => reader?.Command("ROLLBACK", []).ExecuteNonQuery();
    }
}
