using Chat.Daemon.Configuration;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Storage.Files;

/// <summary>
/// Puts a copy in the place of the database. Whenever it is interrupted, the old database is there or the new one, never neither, and never
/// one with the write-ahead log of the other.
/// </summary>
internal static class DatabaseRestore
{
    private const string Kept = ".before-restore";

    /// <param name="source">A database that nobody writes. It is read through its own write-ahead log, if it has one.</param>
    /// <returns>Where the old database is now; null if there was none.</returns>
    /// <exception cref="DatabaseUnusableException">
    /// The source is damaged, of another program or a newer version, or the folder cannot be written. The old database stays.
    /// </exception>
    public static async Task<string?> RunAsync(string source, StateFolder folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder.FolderPath, DatabaseFile.Name);
        var incoming = path + ".restoring";
        try
        {
            DatabaseFile.Delete(incoming); // of an earlier attempt
            using (var connection = DatabaseFile.OpenUnchanged(source))
            {
                Check(connection, source);
                await DatabaseCopy.WriteAsync(connection, incoming, TimeProvider.System, cancellation);
            }
        }
        catch (SqliteException e)
        {
            throw DatabaseFailure.Of(source, e)!;
        }
        MergeLog(path);
        foreach (var suffix in (string[])["-wal", "-shm"])
            if (File.Exists(path + suffix)) File.Move(path + suffix, path + Kept + suffix, overwrite: true);
        if (!File.Exists(path))
        {
            File.Move(incoming, path);
            return null;
        }
        File.Replace(incoming, path, path + Kept); // the old file gets its second name before it loses the first
        return path + Kept;
    }

    private static void Check(SqliteConnection connection, string path)
    {
        if (Schema.CheckVersion(connection, path) == 0) throw new DatabaseUnusableException(texts => texts.Empty(path));
        if (PageCheck.Full(connection) is { } problem) throw DatabaseFailure.Damaged(path, [problem]);
    }

    /// <summary>
    /// The last connection that closes a sound database merges its write-ahead log and deletes it. Beside a damaged or missing database
    /// the log stays, and is kept with it.
    /// </summary>
    private static void MergeLog(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 }) return;
        try
        {
            using var connection = new DatabaseFile(path, Durability.Full).OpenWriter();
            Sql.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            // It is damaged, which is why it is replaced.
        }
        catch (SqliteException e)
        {
            throw DatabaseFailure.Of(path, e)!;
        }
    }
}
