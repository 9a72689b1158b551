using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Chat.Daemon.Storage;

/// <summary>
/// Keeps the write-ahead log from growing without limit. A commit moves its pages into the database, but only up to the oldest snapshot
/// that a reader holds, and the file keeps its length; this shortens it. The daemon's own readers take milliseconds. A reader in another
/// process may take hours: nobody waits for it. For the writer's thread, except the properties.
/// </summary>
internal sealed partial class WriteAheadLog(string path, ILogger logger)
{
    /// <summary>Four times what the usual checkpoint leaves behind.</summary>
    private const long MaxBytes = 64 << 20;

    /// <summary>How long commits wait for the daemon's own readers, so that the file can be cut.</summary>
    private const int WaitMs = 50;

    /// <summary>The same at the end, when no commit waits.</summary>
    private const int LastWaitMs = 1_000;

    /// <summary>Between two attempts that wait or fail; doubled each time up to <see cref="LongestPause"/>.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(32);

    private readonly FileInfo file = new(path);
    private long bytes;
    private long reportAbove = MaxBytes;
    private long pausedAt;
    private TimeSpan pause;

    /// <summary>False while a reader, or the disk, keeps the file longer than it should be.</summary>
    public bool IsShort => Volatile.Read(ref reportAbove) == MaxBytes;

    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>Shortens the file if it is too long and nothing prevents it. Call outside a transaction.</summary>
    public void Shorten(SqliteConnection connection)
    {
        if (Measure() > MaxBytes)
        {
            if (Stopwatch.GetElapsedTime(pausedAt) < pause) return;
            if (!TryEmpty(connection))
            {
                ReportLong();
                return;
            }
            Measure();
        }
        pause = TimeSpan.Zero;
        if (IsShort) return;
        Volatile.Write(ref reportAbove, MaxBytes);
        LogShort();
    }

    /// <summary>Moves everything into the database, so that one file holds it.</summary>
    public void Settle(SqliteConnection connection)
    {
        try
        {
            Sql.Execute(connection, "PRAGMA optimize");
            if (!IsCheckpointed(connection, raw.SQLITE_CHECKPOINT_TRUNCATE, LastWaitMs)) LogLeft(path);
        }
        catch (SqliteException e)
        {
            LogCheckpointFailed(e); // everything is committed; the next start resumes
        }
    }

    private bool TryEmpty(SqliteConnection connection)
    {
        try
        {
            // Waits for nobody, and tells whether a snapshot is in the way.
            if (!IsCheckpointed(connection, raw.SQLITE_CHECKPOINT_PASSIVE, waitMs: 0)) return false;
            if (IsCheckpointed(connection, raw.SQLITE_CHECKPOINT_TRUNCATE, WaitMs)) return true;
        }
        catch (SqliteException e)
        {
            LogCheckpointFailed(e);
        }
        pausedAt = Stopwatch.GetTimestamp();
        pause = pause == TimeSpan.Zero ? FirstPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        return false;
    }

    /// <returns>Whether the database holds every page of the file now.</returns>
    private static bool IsCheckpointed(SqliteConnection connection, int mode, int waitMs)
    {
        var database = connection.Handle!;
        raw.sqlite3_busy_timeout(database, waitMs);
        try
        {
            var result = raw.sqlite3_wal_checkpoint_v2(database, "main", mode, out var pages, out var moved);
            if (result is not (raw.SQLITE_OK or raw.SQLITE_BUSY)) SqliteException.ThrowExceptionForRC(result, database);
            return result == raw.SQLITE_OK && pages == moved;
        }
        finally
        {
            raw.sqlite3_busy_timeout(database, DatabaseFile.LockMs);
        }
    }

    private long Measure()
    {
        file.Refresh();
        var length = file.Exists ? file.Length : 0;
        Volatile.Write(ref bytes, length);
        return length;
    }

    /// <summary>Reports a length once, and again each time it has doubled.</summary>
    private void ReportLong()
    {
        if (Bytes <= reportAbove) return;
        LogLong(Bytes >> 20);
        Volatile.Write(ref reportAbove, Bytes * 2);
    }

    [LoggerMessage(EventId = 314, EventName = "CheckpointFailed", Level = LogLevel.Warning,
        Message = "Checkpoint failed: nothing is lost, but the write-ahead log grows until one succeeds")]
    private partial void LogCheckpointFailed(Exception failure);

    [LoggerMessage(EventId = 315, EventName = "WriteAheadLogLong", Level = LogLevel.Warning,
        Message = "Write-ahead log is {Megabytes} MB and grows: a program that reads the database keeps it from being shortened; end it")]
    private partial void LogLong(long megabytes);

    [LoggerMessage(EventId = 316, EventName = "WriteAheadLogShort", Level = LogLevel.Information,
        Message = "Write-ahead log is short again")]
    private partial void LogShort();

    [LoggerMessage(EventId = 317, EventName = "WriteAheadLogLeft", Level = LogLevel.Warning,
        Message = "Another program reads the database: some of the messages are only in {File}; keep that file with the database")]
    private partial void LogLeft(string file);
}
