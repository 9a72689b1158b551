using Chat.Daemon.Storage.Files;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>
/// Keeps the write-ahead log from growing without limit. A commit moves its pages into the database, but only up to the oldest snapshot
/// that a reader holds, and the file keeps its length; this shortens it. The daemon's own readers take milliseconds. The copy of a backup,
/// or a reader in another process, may take hours: nobody waits for it, and removed texts stay in the file until it ends. For the
/// writer's thread, except the properties.
/// </summary>
internal sealed partial class WriteAheadLog(string path, TimeProvider time, ILogger logger)
{
    /// <summary>Four times what the usual checkpoint leaves behind.</summary>
    private const long MaxBytes = 64 << 20;

    /// <summary>How long commits wait for the daemon's own readers, so that the file can be cut.</summary>
    private const int WaitMs = 50;

    /// <summary>The same at the end, when no commit waits.</summary>
    private const int LastWaitMs = 1_000;

    /// <summary>In place of a time: no text was removed that may still be in the file.</summary>
    private const long Nothing = -1;

    /// <summary>
    /// How long a text that was removed may stay in the file, and the time between two attempts to empty it: within the minute that the
    /// protocol promises, and long enough for one attempt to serve many removals.
    /// </summary>
    private static readonly TimeSpan RemovalTime = TimeSpan.FromSeconds(5);

    /// <summary>Between two attempts that wait or fail; doubled each time up to <see cref="LongestPause"/>.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(32);

    private readonly FileInfo file = new(path);
    private long bytes;
    private long reportAbove = MaxBytes;
    private long pausedAt;
    private TimeSpan pause;
    private long removedAt = Nothing;

    /// <summary>False while a reader, or the disk, keeps the file longer than it should be.</summary>
    public bool IsShort => Volatile.Read(ref reportAbove) == MaxBytes;

    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>Whether the file may hold texts that were removed.</summary>
    public bool HoldsRemoved => Volatile.Read(ref removedAt) != Nothing;

    /// <summary>Notes that texts were removed: the file is emptied soon, unless a reader in another process prevents it.</summary>
    public void RemovesTexts() => Interlocked.CompareExchange(ref removedAt, time.GetTimestamp(), Nothing);

    /// <summary>Shortens the file if it is too long or must forget, and nothing prevents it. Call outside a transaction.</summary>
    public void Shorten(SqliteConnection connection)
    {
        Forget(connection);
        if (Measure() > MaxBytes)
        {
            if (time.GetElapsedTime(pausedAt) < pause) return;
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

    /// <summary>Cuts the file to nothing, so that no older version of a page stays in it. Call outside a transaction.</summary>
    /// <returns>False if a reader needs it.</returns>
    public bool TryEmptyNow(SqliteConnection connection)
    {
        var isEmpty = TryEmpty(connection);
        Measure();
        return isEmpty;
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

    private void Forget(SqliteConnection connection)
    {
        var since = Volatile.Read(ref removedAt);
        if (since == Nothing || time.GetElapsedTime(since) < RemovalTime) return;
        Volatile.Write(ref removedAt, Nothing); // before: what is removed meanwhile counts anew
        if (!TryEmpty(connection)) RemovesTexts();
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
        pausedAt = time.GetTimestamp();
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
