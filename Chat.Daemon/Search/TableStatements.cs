using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Search;

/// <summary>
/// Prepared statements of the parts' tables, up to a number. Tables come and go, and the statements of one that is gone would stay. For
/// the thread of the connection.
/// </summary>
internal sealed class TableStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>Two for each part of a million messages. Beyond that, preparing one again costs less than keeping all.</summary>
    private const int Most = 64;

    private readonly Dictionary<string, RawStatement> prepared = [];

    /// <returns>The statement, until the next call.</returns>
    public RawStatement Of(string sql)
    {
        if (prepared.TryGetValue(sql, out var statement)) return statement;
        if (prepared.Count == Most) Clear();
        return prepared[sql] = new RawStatement(connection.Handle!, sql);
    }

    public void Dispose() => Clear();

    private void Clear()
    {
        foreach (var statement in prepared.Values) statement.Dispose();
        prepared.Clear();
    }
}
