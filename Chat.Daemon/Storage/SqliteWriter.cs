using System.Diagnostics;
using Chat.Daemon.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Storage;

/// <summary>
/// The only one that writes to the database, on a thread of its own: it takes whatever waits, commits it in one transaction, and then answers
/// everybody. Nobody is answered while the connection could still be in a transaction. Methods may be called from any thread.
/// </summary>
internal sealed partial class SqliteWriter : IDisposable
{
    private readonly DaemonMetrics metrics;
    private readonly ILogger<SqliteWriter> logger;
    private readonly WriteQueue queue = new();
    private readonly WriteTransactions transactions;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long commits;
    private long messages;
    private volatile bool healthy = true;

    public SqliteWriter(DatabaseFile file, DaemonMetrics metrics, ILogger<SqliteWriter> logger)
    {
        (this.metrics, this.logger) = (metrics, logger);
        transactions = new WriteTransactions(file, logger);
        new Thread(Run) { Name = "database writer", IsBackground = true }.Start();
    }

    /// <summary>Transactions committed.</summary>
    public long Commits => Interlocked.Read(ref commits);

    /// <summary>Messages committed.</summary>
    public long Messages => Interlocked.Read(ref messages);

    /// <summary>Writes that wait for their transaction.</summary>
    public int Queued => queue.Count;

    /// <summary>False from a failure of the storage on until something is committed again.</summary>
    public bool IsHealthy => healthy;

    /// <summary>Completes when the messages are committed. The list must not change before that.</summary>
    /// <exception cref="LogRefusedException">They are surely not in the log.</exception>
    /// <exception cref="LogOutcomeUnknownException">They may be in the log.</exception>
    public Task AppendAsync(ConversationId conversation, IReadOnlyList<LoggedMessage> messages)
    {
        var append = new PendingAppend(conversation, messages);
        return queue.TryAdd(append) ? append.Written : Task.FromException(Closed());
    }

    /// <summary>
    /// Runs a change on the writer's thread, within a transaction that it shares with other writes and must not end. Where another write of that
    /// transaction fails, it is rolled back and run again. Refuse by a value: an exception makes all others of the transaction start over.
    /// </summary>
    /// <exception cref="LogRefusedException">The writer is closed.</exception>
    /// <exception cref="LogOutcomeUnknownException">The commit failed: the change may be in the database.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> change)
    {
        var write = new PendingChange<T>(change);
        return queue.TryAdd(write) ? write.Written : Task.FromException<T>(Closed());
    }

    /// <summary>Takes no more writes; completes when all that waited are committed and answered.</summary>
    public Task CloseAsync()
    {
        queue.Close();
        return ended.Task;
    }

    /// <summary>Settles and closes the file. Only after <see cref="CloseAsync"/> has completed.</summary>
    public void Dispose() => transactions.Dispose();

    private static LogRefusedException Closed() => new("The database is closed.");

    private void Run()
    {
        var batch = new List<PendingWrite>();
        while (queue.Take(batch))
        {
            Write(batch);
            batch.Clear();
            transactions.BoundLog();
        }
        ended.SetResult();
    }

    private void Write(List<PendingWrite> batch)
    {
        var (stage, failure) = Commit(batch);
        if (stage != WriteStage.Writing || batch.Count == 1)
        {
            Answer(batch, stage, failure);
            return;
        }
        LogReplay(batch.Count, failure);
        foreach (var write in batch)
        {
            PendingWrite[] alone = [write];
            (stage, failure) = Commit(alone);
            Answer(alone, stage, failure);
        }
    }

    private (WriteStage Stage, Exception? Failure) Commit(IReadOnlyList<PendingWrite> writes)
    {
        var started = Stopwatch.GetTimestamp();
        var (stage, failure) = transactions.Run(writes);
        if (failure is not null) return (stage, failure);
        healthy = true;
        Interlocked.Increment(ref commits);
        Interlocked.Add(ref messages, writes.Sum(write => write is PendingAppend ? write.Rows : 0));
        metrics.AddCommit(Stopwatch.GetElapsedTime(started));
        return (stage, null);
    }

    private void Answer(IReadOnlyList<PendingWrite> writes, WriteStage stage, Exception? failure)
    {
        if (failure is not null) Report(stage, failure);
        foreach (var write in writes)
        {
            if (failure is null) write.Complete();
            else if (stage == WriteStage.Committing) write.Doubt(failure);
            else write.Refuse(failure);
        }
    }

    private void Report(WriteStage stage, Exception failure)
    {
        // A constraint, or a change that threw, is the fault of what was written.
        if (stage == WriteStage.Writing && failure is not SqliteException { SqliteErrorCode: not SQLitePCL.raw.SQLITE_CONSTRAINT }) return;
        if (healthy) LogFailure(stage, failure); // not a line for each write of a replay
        healthy = false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "One of {Writes} writes failed: their transaction was rolled back, and each is repeated alone.")]
    private partial void LogReplay(int writes, Exception? failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database failed at stage {Stage} of a transaction.")]
    private partial void LogFailure(WriteStage stage, Exception failure);
}
