using System.Diagnostics;
using Chat.Daemon.Configuration;
using Chat.Daemon.Storage.Log;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Storage.Files;

/// <summary>
/// Copies the database as it is at one moment, while others write: a snapshot held open never makes a writer wait, and unlike SQLite's own
/// backup of a database in use, the copy never starts over.
/// </summary>
internal static class DatabaseCopy
{
    /// <summary>2 MB. Each slice is on the disk before the next, so that a commit never waits for the writes of a long copy.</summary>
    private const int PagesPerSlice = 512;

    /// <param name="source">A connection without a transaction, used for nothing else meanwhile.</param>
    /// <param name="path">A file that does not exist; only the owner may read it. It is deleted if the copy fails.</param>
    public static async Task WriteAsync(SqliteConnection source, string path, TimeProvider time, CancellationToken cancellation)
    {
        using var disk = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(disk, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        try
        {
            using (var target = DatabaseFile.OpenCopy(path))
            {
                Sql.Execute(source, "BEGIN");
                try
                {
                    Sql.Number(source, "SELECT count(*) FROM sqlite_schema"); // the snapshot begins
                    await CopyAsync(source, target, () => RandomAccess.FlushToDisk(disk), time, cancellation);
                }
                finally
                {
                    Sql.Execute(source, "ROLLBACK");
                }
            }
            ForgetEpoch(path);
            RandomAccess.FlushToDisk(disk);
        }
        catch
        {
            DatabaseFile.Delete(path);
            throw;
        }
    }

    /// <summary>Gives the copy a numbering of its own: the original will assign the same numbers to other messages.</summary>
    private static void ForgetEpoch(string path)
    {
        using var connection = new DatabaseFile(path, Durability.Full).OpenWriter();
        LogNames.Forget(connection);
    }

    /// <summary>Rests after each slice for as long as it took, so that others get half of the disk.</summary>
    private static async Task CopyAsync(
        SqliteConnection source, SqliteConnection target, Action flush, TimeProvider time, CancellationToken cancellation)
    {
        using var backup = raw.sqlite3_backup_init(target.Handle!, "main", source.Handle!, "main");
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            var result = raw.sqlite3_backup_step(backup, PagesPerSlice);
            if (result == raw.SQLITE_DONE) break;
            if (result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, target.Handle);
            flush();
            await Task.Delay(Stopwatch.GetElapsedTime(began), time, cancellation);
        }
        if (raw.sqlite3_backup_finish(backup) is var end and not raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(end, target.Handle);
    }
}
