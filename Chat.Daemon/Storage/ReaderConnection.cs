using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Chat.Daemon.Storage;

/// <summary>A read-only connection with its prepared statements. For one thread at a time.</summary>
internal sealed class ReaderConnection(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> prepared = new(StringComparer.Ordinal);

    public List<T> Rows<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Sql.Rows(Command(sql, parameters), map);

    /// <inheritdoc cref="Sql.RowsUpTo"/>
    public List<T> RowsUpTo<T>(
        string sql, Func<DbDataReader, T> map, Func<T, int> sizeOf, long bytes,
        params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Sql.RowsUpTo(Command(sql, parameters), map, sizeOf, bytes);

    public long Number(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Command(sql, parameters).ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;

    /// <summary>Until it is disposed, all reads see the same state.</summary>
    public Snapshot TakeSnapshot()
    {
        Command(Sql.IsFile(connection) ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", []).ExecuteNonQuery();
        return new(this);
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
        connection.Dispose();
    }

    private bool IsLost => connection.State != ConnectionState.Open;

    private DbCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = Sql.Command(connection, sql, parameters);
            if (Sql.IsFile(connection)) prepared.Add(sql, command); // Npgsql keeps them by the types of their values, too
            return command;
        }
        foreach (var (name, value) in parameters) command.Parameters[name].Value = value ?? DBNull.Value;
        return command;
    }

    /// <summary>The default value is none.</summary>
    public readonly struct Snapshot(ReaderConnection? reader) : IDisposable
    {
        public void Dispose()
        {
            if (reader is { IsLost: false }) reader.Command("ROLLBACK", []).ExecuteNonQuery();
        }
    }
}
