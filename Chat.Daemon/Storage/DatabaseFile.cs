using Chat.Daemon.Configuration;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage;

/// <summary>How the database's file is opened.</summary>
internal sealed record DatabaseFile(string FilePath, Durability Durability)
{
    /// <summary>Seconds that a statement waits for a lock. Within the daemon nothing collides: this is for an operator's sqlite3 on the side.</summary>
    private const int LockSeconds = 5;

    /// <summary>A connection without any setting that would write to the file.</summary>
    public SqliteConnection OpenUntouched() => Open(SqliteOpenMode.ReadWrite);

    public SqliteConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWrite);
        var synchronous = Durability == Durability.Full ? "FULL" : "NORMAL";
        // 64 MB hold the pages that many rooms append to; the checkpoint after 4,000 pages (16 MB) writes each of them once for many commits.
        Sql.Execute(connection, $"PRAGMA synchronous = {synchronous}; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;");
        return connection;
    }

    public SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadOnly);

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        // Not pooled: to close it must mean that its transaction is over.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = FilePath,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = LockSeconds,
        }.ConnectionString);
        try
        {
            connection.Open();
            Sql.Execute(connection, $"PRAGMA busy_timeout = {LockSeconds * 1000}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
