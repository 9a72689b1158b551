using Chat.Daemon.Configuration;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage;

/// <summary>Opens the database's file.</summary>
internal sealed record DatabaseFile(string FilePath, Durability Durability)
{
    /// <summary>
    /// How long a statement waits for a lock. The daemon's own connections never wait for each other; an operator's sqlite3 may hold one.
    /// </summary>
    public const int LockMs = 5_000;

    /// <summary>Opens it without any setting that would write to the file.</summary>
    public SqliteConnection OpenUntouched() => Open(SqliteOpenMode.ReadWrite);

    public SqliteConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWrite);
        var synchronous = Durability == Durability.Full ? "FULL" : "NORMAL";
        // 64 MB hold the pages that many rooms append to. A checkpoint every 4,000 pages (16 MB) writes each page once for many commits.
        Sql.Execute(connection, $"PRAGMA synchronous = {synchronous}; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;");
        return connection;
    }

    public SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadOnly);

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        // Not pooled: closing it must end its transaction.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = FilePath,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = LockMs / 1_000,
        }.ConnectionString);
        try
        {
            connection.Open();
            Sql.Execute(connection, $"PRAGMA busy_timeout = {LockMs}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
