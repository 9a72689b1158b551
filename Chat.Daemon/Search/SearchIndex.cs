using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Chat.Daemon.Search;

/// <summary>
/// Keeps the index of all messages on a thread of its own: follows what is committed, builds anew what is stale or missing, and begins
/// again when the file is damaged, lost or of another database. Messages never wait for it. Safe from any thread.
/// See docs/decisions/0027-the-search-index-is-built-anew-where-texts-go.md.
/// </summary>
internal sealed partial class SearchIndex : IHostedService, IAsyncDisposable
{
    /// <summary>How long new messages are collected: a busy daemon writes few, larger segments.</summary>
    private static readonly TimeSpan CollectTime = TimeSpan.FromMilliseconds(250);

    /// <summary>The interval between checks for stale parts and a long write-ahead log.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>Far more than a step of the thread takes, unless its disk hangs.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(3);

    /// <summary>Free on the disk beside the index itself, before it is built: it must not take the room of messages.</summary>
    private const long SpareBytes = 16 << 20;

    /// <summary>Whoever searches, half of the processors are left for messages.</summary>
    private static readonly int SearchesAtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly ChatDatabase database;
    private readonly StateFolder folder;
    private readonly IndexFile file;
    private readonly TimeProvider time;
    private readonly ILogger<SearchIndex> logger;
    private readonly ForgetQueue forgetting = new();
    private readonly AutoResetEvent wake = new(false); // never disposed of: a commit may be setting it
    private readonly ManualResetEvent stop = new(false);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task trimming = Task.CompletedTask;
    private Thread? thread;
    private volatile Exception? damage;
    private volatile int missing;
    private volatile object? problem = SearchStop.Unindexed; // until it is open
    private TimeSpan pause = FirstPause;

    public SearchIndex(
        ChatDatabase database, StateFolder folder, DaemonMetrics metrics, TimeProvider time, ILogger<SearchIndex> logger)
    {
        (this.database, this.folder, this.time, this.logger) = (database, folder, time, logger);
        file = new IndexFile(folder);
        Readers = new ReaderPool<IndexReader>(() => new IndexReader(file.OpenReader()), SearchesAtOnce, OnReadFailed);
        metrics.AddGauge("chat.search.missing", null, "Parts of the search index that are yet to be built.", () => missing);
    }

    public ReaderPool<IndexReader> Readers { get; }

    /// <summary>Why nothing can be found now; null if it can.</summary>
    public SearchStop? Problem => (SearchStop?)problem;

    /// <summary>False while there is no index, for want of room or because it cannot be written.</summary>
    public bool IsHealthy => Problem is null or SearchStop.Unindexed;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        database.Writer.Committed += OnCommitted;
        thread = new Thread(Run) { Name = "search index", IsBackground = true };
        thread.Start();
        return opened.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Waits for the thread, which uses the database. Not with the token: connections that linger may have used up its time.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        stop.Set();
        return thread is null ? Task.CompletedTask : Task.WhenAny(ended.Task, Task.Delay(StopTime, CancellationToken.None));
    }

    /// <summary>
    /// Completes when nothing is left in the index of texts that were changed or deleted until now. Cancelled when the daemon stops.
    /// </summary>
    public Task ForgetAsync(CancellationToken cancellation)
    {
        var forgotten = forgetting.AskAsync();
        wake.Set();
        return forgotten.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        database.Writer.Committed -= OnCommitted;
        if (thread is not null && !ended.Task.IsCompleted) return; // stuck in a disk that hangs: it still uses all of these
        await Readers.DisposeAsync();
        stop.Dispose();
    }

    /// <summary>The index is deleted and built anew, unless the failure says nothing about it.</summary>
    private void OnReadFailed(Exception failure)
    {
        if (failure is not SqliteException { SqliteErrorCode: not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM) }) return;
        damage = failure;
        wake.Set();
    }

    private void OnCommitted() => wake.Set();

    private bool IsStopping(TimeSpan wait = default) => stop.WaitOne(wait);

    private void Run()
    {
        while (!IsStopping())
        {
            try
            {
                using var source = new IndexSource(database.OpenReader());
                using var connection = Open(source);
                using var index = new IndexUpkeep(
                    source, connection, new WriteAheadLog(file.Path + "-wal", TimeProvider.System, logger), time);
                Serve(index);
                index.Settle();
            }
            catch (Exception e) // any failure: the index can be rebuilt, so the thread starts over
            {
                Fail(e);
            }
        }
        forgetting.Close();
        opened.TrySetResult();
        ended.SetResult();
    }

    /// <returns>A connection to an index that fits the database.</returns>
    private SqliteConnection Open(IndexSource source)
    {
        var numbering = database.LogNames.KeyFor("search index");
        var connection = file.OpenWriter();
        try
        {
            if (IndexSchema.ReasonAgainst(connection, numbering, source) is not { } reason) return connection;
            connection.Dispose();
            Readers.WhileClosed(file.Delete);
            // A message of ten words takes some 46 bytes of the index (SearchBench), and three times as many of the database.
            if (DiskRoom.TooLittle(folder.FolderPath, SpareBytes + (source.Bytes / 2)) is not null)
                throw new SqliteException("The disk lacks room for the search index.", raw.SQLITE_FULL);
            connection = file.OpenWriter();
            using var snapshot = source.TakeSnapshot(); // a message between the first and the last would never be indexed
            if (source.First > 0) LogBuilding(reason);
            Create(connection, numbering, source);
            Readers.WhileClosed(() => damage = null); // of the old file, or of one that was not there yet
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Create(SqliteConnection connection, byte[] numbering, IndexSource source)
    {
        var (first, last) = (source.First, source.Last);
        try
        {
            IndexSchema.Create(connection, numbering, first, last);
        }
        catch (SqliteException e)
        {
            throw DiskFull.Clear(e, connection);
        }
    }

    private void Serve(IndexUpkeep index)
    {
        SetMissing(index.Missing);
        if (Problem is SearchStop.WithoutRoom or SearchStop.Failed) LogWorks();
        problem = null;
        opened.TrySetResult();
        forgetting.PutBack();
        while (true)
        {
            // Before the database is read: what was committed before somebody asked is then seen.
            var isAsked = forgetting.TryTake();
            while (index.Feed())
                if (IsStopping()) return;
            if (isAsked) index.Hurry();
            Trim(index.Progress.Entry);
            if (damage is { } failure) throw failure;
            var built = index.BuildNext();
            SetMissing(index.Missing);
            index.ShortenLog();
            if (forgetting.IsTaken && index.TryForget()) forgetting.CompleteTaken();
            if (built is { } took)
            {
                if (IsStopping(took)) return; // half of a processor is for messages
                continue;
            }
            if (!forgetting.IsEmpty) wake.Set();
            if (WaitHandle.WaitAny([stop, wake], index.IsIdle ? Timeout.InfiniteTimeSpan : Tick) == 0 || IsStopping(CollectTime)) return;
        }
    }

    private void SetMissing(int parts)
    {
        if (parts == 0)
        {
            pause = FirstPause;
            if (missing > 0) LogBuilt(file.Bytes >> 20);
        }
        missing = parts;
    }

    /// <summary>Takes what the index has seen off the list.</summary>
    private void Trim(long entry)
    {
        if (trimming.IsCompleted) trimming = TrimAsync(entry);
    }

    private async Task TrimAsync(long entry)
    {
        const int slice = 1_000;
        try
        {
            if (await database.Readers.ReadAsync(r => r.Number("SELECT min(id) FROM unindexed"), default) is var first && first == 0)
                return;
            for (var deleted = slice; deleted == slice && first <= entry;)
            {
                deleted = await database.Writer.WriteLikeMessagesAsync(connection => UnindexedList.Trim(connection, entry, slice));
            }
        }
        catch (Exception e) when (e is LogRefusedException or LogOutcomeUnknownException or SqliteException or ObjectDisposedException)
        {
            // The writer has told the operator. The next time takes these off, too.
        }
    }

    /// <summary>Deletes the index: it can be made anew, and a full disk has room again.</summary>
    private void Fail(Exception failure)
    {
        var before = Problem;
        problem = DiskFull.Is(failure) ? SearchStop.WithoutRoom : SearchStop.Failed;
        if (before != Problem)
        {
            if (Problem == SearchStop.WithoutRoom) LogWithoutRoom();
            else if (failure is IndexSourceException) LogSourceFailed(failure);
            else LogFailed(failure);
        }
        if (failure is not IndexSourceException) TryDelete();
        opened.TrySetResult();
        IsStopping(pause);
        pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
    }

    private void TryDelete()
    {
        try
        {
            Readers.WhileClosed(file.Delete);
            forgetting.CompleteAll();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotDeleted(file.Path, e);
        }
    }

    [LoggerMessage(EventId = 340, EventName = "SearchIndexBuilding", Level = LogLevel.Information,
        Message = "Building the search index, because {Reason}; search finds the newest messages first")]
    private partial void LogBuilding(string reason);

    [LoggerMessage(EventId = 341, EventName = "SearchIndexBuilt", Level = LogLevel.Information,
        Message = "Search index is complete: {Megabytes} MB")]
    private partial void LogBuilt(long megabytes);

    [LoggerMessage(EventId = 342, EventName = "SearchIndexWithoutRoom", Level = LogLevel.Error,
        Message = "No room for the search index: deleted it, and search is refused. Make room on the disk of the data folder")]
    private partial void LogWithoutRoom();

    [LoggerMessage(EventId = 343, EventName = "SearchIndexFailed", Level = LogLevel.Error,
        Message = "Search index failed: deleted it, building another")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(EventId = 344, EventName = "SearchIndexWithoutDatabase", Level = LogLevel.Error,
        Message = "Cannot read the database for the search index; trying again")]
    private partial void LogSourceFailed(Exception failure);

    [LoggerMessage(EventId = 345, EventName = "SearchIndexNotDeleted", Level = LogLevel.Error,
        Message = "Cannot delete the search index {File}; delete it while the daemon is stopped")]
    private partial void LogNotDeleted(string file, Exception failure);

    [LoggerMessage(EventId = 346, EventName = "SearchIndexWorks", Level = LogLevel.Information,
        Message = "Search works again")]
    private partial void LogWorks();
}
