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
                throw new DatabaseUnusableException(texts => texts.Damaged(file.FilePath));
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

    private static DatabaseUnusableException Unusable(DatabaseFile file, SqliteException e) =>
        new(texts => texts.Unusable(file.FilePath, e.Message.TrimEnd('.'), Remedy(e.SqliteErrorCode, texts)), e);

    private static string Remedy(int code, StorageTexts texts) => code switch
    {
        raw.SQLITE_NOTADB => texts.MoveAway,
        raw.SQLITE_FULL => texts.FreeSpace,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => texts.CloseOther,
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => texts.AllowWriting,
        raw.SQLITE_IOERR => texts.CheckDisk,
        _ => texts.Restore,
    };
}
