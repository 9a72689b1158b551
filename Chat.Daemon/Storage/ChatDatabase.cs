using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Chat.Daemon.Storage;

/// <summary>The database in the data folder: one writer, a few readers.</summary>
internal sealed class ChatDatabase : IAsyncDisposable
{
    private ChatDatabase(DatabaseFile file, DaemonMetrics metrics, ILogger<SqliteWriter> logger) =>
        (Writer, Readers) = (new SqliteWriter(file, metrics, logger), new SqliteReaders(file));

    public SqliteWriter Writer { get; }

    public SqliteReaders Readers { get; }

    /// <summary>Opens or creates the database, and migrates its tables to this version.</summary>
    /// <exception cref="DatabaseUnusableException">It is damaged, of another program or a newer version, or cannot be written.</exception>
    public static ChatDatabase Open(StateFolder folder, Durability durability, DaemonMetrics metrics, ILogger<SqliteWriter> logger)
    {
        var file = new DatabaseFile(folder.PrivateFile("chat.db"), durability);
        try
        {
            using (var connection = file.OpenUntouched()) Schema.Migrate(connection, file.FilePath);
            return new ChatDatabase(file, metrics, logger);
        }
        catch (SqliteException e)
        {
            throw Unusable(file, e);
        }
    }

    /// <summary>Checks the database without changing it.</summary>
    /// <exception cref="DatabaseUnusableException">It is damaged, or of another program or a newer version.</exception>
    public static void Check(StateFolder folder)
    {
        var file = new DatabaseFile(folder.PrivateFile("chat.db"), Durability.Normal);
        try
        {
            using var connection = file.OpenUntouched();
            Schema.CheckVersion(connection, file.FilePath);
            using var check = Sql.Command(connection, "PRAGMA quick_check(1)");
            if (check.ExecuteScalar() as string is not "ok")
                throw new DatabaseUnusableException($"The database {file.FilePath} is damaged: restore a backup.");
        }
        catch (SqliteException e)
        {
            throw Unusable(file, e);
        }
    }

    /// <summary>Commits everything queued, waits for the readers, and leaves a single complete file.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.CloseAsync();
        await Readers.DisposeAsync();
        Writer.Dispose();
    }

    private static DatabaseUnusableException Unusable(DatabaseFile file, SqliteException e) => new(
        $"Cannot use the database {file.FilePath} ({e.Message.TrimEnd('.')}): {Remedy(e.SqliteErrorCode)}.", e);

    private static string Remedy(int code) => code switch
    {
        raw.SQLITE_NOTADB => "move the file away, or restore a backup",
        raw.SQLITE_CORRUPT => "restore a backup",
        raw.SQLITE_FULL => "free space on its disk",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "close the other program that uses it",
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => "allow the daemon to write to the file and its folder",
        raw.SQLITE_IOERR => "check its disk",
        _ => "restore a backup",
    };
}
