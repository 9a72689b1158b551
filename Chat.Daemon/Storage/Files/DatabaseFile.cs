using Chat.Daemon.Configuration;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Storage.Files;

/// <summary>Opens the database's file.</summary>
internal sealed record DatabaseFile(string FilePath, Durability Durability)
{
    /// <summary>
    /// How long a statement waits for a lock. The daemon's own connections never wait for each other; an operator's sqlite3 may hold one.
    /// </summary>
    public const int LockMs = 5_000;

    public const string Name = "chat.db";

    /// <summary>The bytes of all pages, also of those that are only in the write-ahead log.</summary>
    public const string SelectBytes = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";

    /// <exception cref="DatabaseUnusableException">
    /// A write-ahead log is there without its database: SQLite would delete it, and the daemon would start with nothing.
    /// </exception>
    public static void ThrowIfLost(string folder)
    {
        var path = Path.Combine(Path.GetFullPath(folder), Name);
        if (IsFilled(path + "-wal") && !IsFilled(path))
            throw new DatabaseUnusableException(texts => File.Exists(path) ? texts.Empty(path) : texts.Missing(path));
    }

    /// <summary>
    /// Deletes a copy with the write-ahead log of its name. A log that a killed program left would be replayed into the next file of that
    /// name.
    /// </summary>
    public static void Delete(string path)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm"]) File.Delete(path + suffix);
    }

    /// <summary>Opens it without any setting that would write to the file. Closing the connection leaves the write-ahead log.</summary>
    public SqliteConnection OpenUntouched() => LeavingLog(Open(SqliteOpenMode.ReadWrite));

    public SqliteConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWrite);
        var synchronous = Durability == Durability.Full ? "FULL" : "NORMAL";
        // 64 MB hold the pages that many rooms append to. A checkpoint every 4,000 pages (16 MB) writes each page once for many commits.
        Sql.Execute(connection, $"PRAGMA synchronous = {synchronous}; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;");
        // Overwrites with zeros what is deleted or moved: an erased text must not stay in the file's gaps.
        Sql.Execute(connection, "PRAGMA secure_delete = ON");
        return connection;
    }

    /// <summary>Opens an empty file to copy a database into. Nobody needs it if the copy is not finished.</summary>
    public static SqliteConnection OpenCopy(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWrite);
        Sql.Execute(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
        return connection;
    }

    public SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadOnly);

    /// <summary>
    /// Opens it in a way that changes no byte and no name in its folder, whatever is read. Without a write-ahead log, SQLite takes the file
    /// as one that never changes. With one, it keeps the log's index in memory, under a lock that excludes every other program, and closing
    /// leaves the log. (A read-only connection would write the index to the folder.)
    /// </summary>
    /// <exception cref="DatabaseUnusableException">An unfinished transaction must be rolled back first.</exception>
    public static SqliteConnection OpenUnchanged(string path)
    {
        if (IsFilled(path + "-journal")) throw new DatabaseUnusableException(texts => texts.UnfinishedTransaction(path));
        var isLogged = IsFilled(path + "-wal");
        var uri = new Uri(path).AbsoluteUri + (isLogged ? "" : "?immutable=1");
        var connection = LeavingLog(Open(uri, isLogged ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly));
        Sql.Execute(connection, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;");
        return connection;
    }

    private static bool IsFilled(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    private static SqliteConnection LeavingLog(SqliteConnection connection)
    {
        raw.sqlite3_db_config(connection.Handle!, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        return connection;
    }

    private SqliteConnection Open(SqliteOpenMode mode) => Open(FilePath, mode);

    private static SqliteConnection Open(string source, SqliteOpenMode mode)
    {
        // Not pooled: closing it must end its transaction.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source,
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
