using System.Data.Common;
using System.Diagnostics;

namespace Chat.Daemon.Storage.Retention;

/// <summary>
/// Deletes many rows in slices so small, and with such pauses, that messages hardly wait. How many rows make a slice depends on the disk
/// and on what it has to read. For one caller at a time.
/// </summary>
internal sealed class DeletionSlices(Database database, TimeProvider time)
{
    /// <summary>The most time a slice takes on the writer's thread, without its commit.</summary>
    private static readonly TimeSpan SliceTime = TimeSpan.FromMilliseconds(2);

    /// <summary>Between two slices: a shorter one has no more effect.</summary>
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(20);

    /// <summary>A pause is this many times as long as the write before it, so that others get most of the disk.</summary>
    private const int PauseFactor = 3;

    /// <summary>A slice changes some 100 pages, and a commit that finds 4,000 in the write-ahead log moves them all.</summary>
    private const int SlicesPerCheckpoint = 8;

    private const int MinRows = 10, MaxRows = 100;

    private int rows = 50;
    private int slices;

    /// <param name="slice">Deletes at most so many rows and returns how many; 0 when there are none left.</param>
    public async Task<long> RunAsync(Func<DbConnection, int, int> slice, CancellationToken cancellation)
    {
        var total = 0L;
        while (true)
        {
            var began = time.GetTimestamp();
            var (deleted, taken) = await database.Writer.WriteLikeMessagesAsync(connection => Measure(connection, slice));
            if (deleted == 0) return total;
            total += deleted;
            if (++slices % SlicesPerCheckpoint == 0) await Task.Run(database.Checkpoint, cancellation);
            rows = taken > SliceTime ? Math.Max(rows / 2, MinRows) : taken < SliceTime / 2 ? Math.Min(rows * 2, MaxRows) : rows;
            var pause = time.GetElapsedTime(began) * PauseFactor;
            await Task.Delay(pause > MinPause ? pause : MinPause, time, cancellation);
        }
    }

    private (int Deleted, TimeSpan Taken) Measure(DbConnection connection, Func<DbConnection, int, int> slice)
    {
        var began = Stopwatch.GetTimestamp();
        return (slice(connection, rows), Stopwatch.GetElapsedTime(began));
    }
}
