using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.History;

/// <summary>
/// The only one that writes to the database, on a thread of its own: it takes whatever waits, commits it in one transaction, and then answers
/// everybody. Nobody is answered while the connection could still be in a transaction. Methods may be called from any thread.
/// </summary>
internal sealed partial class SqliteWriter : IDisposable
{
    private readonly DatabaseFile file;
    private readonly ILogger<SqliteWriter> logger;
    private readonly WriteQueue queue = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriterConnection? connection; // null after a failure that it did not survive; the next transaction opens it again
    private long commits;
    private long messages;
    private volatile bool healthy = true;

    public SqliteWriter(DatabaseFile file, ILogger<SqliteWriter> logger)
    {
        (this.file, this.logger) = (file, logger);
        connection = new WriterConnection(file);
        new Thread(Run) { Name = "database writer", IsBackground = true }.Start();
    }

    private enum Stage
    {
        Beginning,
        Writing,
        Committing,
        Committed,
    }

    /// <summary>Transactions committed.</summary>
    public long Commits => Interlocked.Read(ref commits);

    /// <summary>Messages committed.</summary>
    public long Messages => Interlocked.Read(ref messages);

    /// <summary>Writes that wait for their transaction.</summary>
    public int Queued => queue.Count;

    /// <summary>False from a failure of the storage on until something is committed again.</summary>
    public bool IsHealthy => healthy;

    /// <summary>Gets how long each committed transaction took, from its beginning. Called on the writer's thread: it must be quick and throw nothing.</summary>
    public Action<TimeSpan>? Committed { get; set; }

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
    public void Dispose()
    {
        try
        {
            connection?.Settle();
        }
        catch (SqliteException e)
        {
            LogUnsettled(e); // all is committed; the next start settles it
        }
        connection?.Dispose();
    }

    private void Run()
    {
        var batch = new List<PendingWrite>();
        while (queue.Take(batch))
        {
            Write(batch);
            batch.Clear();
        }
        ended.SetResult();
    }

    private void Write(List<PendingWrite> batch)
    {
        var (stage, failure) = Transact(batch);
        if (stage != Stage.Writing || batch.Count == 1)
        {
            Answer(batch, stage, failure);
            return;
        }
        LogReplay(batch.Count, failure);
        foreach (var write in batch)
        {
            PendingWrite[] alone = [write];
            (stage, failure) = Transact(alone);
            Answer(alone, stage, failure);
        }
    }

    /// <returns>How far it came, and what stopped it there. The connection is out of the transaction in any case.</returns>
    private (Stage Stage, Exception? Failure) Transact(IReadOnlyList<PendingWrite> writes)
    {
        var stage = Stage.Beginning;
        var started = Stopwatch.GetTimestamp();
        try
        {
            connection ??= new WriterConnection(file);
            connection.Begin();
            stage = Stage.Writing;
            foreach (var write in writes)
            {
                write.Run(connection);
                connection.RequireTransaction();
            }
            stage = Stage.Committing;
            connection.Commit();
        }
        catch (Exception e) // whatever it is, it is handed to those who wait
        {
            LeaveTransaction();
            return (stage, e);
        }
        Count(writes, Stopwatch.GetElapsedTime(started));
        return (Stage.Committed, null);
    }

    private void LeaveTransaction()
    {
        if (connection is null || connection.TryLeaveTransaction()) return;
        connection.Dispose();
        connection = null;
        LogReopening();
    }

    private void Count(IReadOnlyList<PendingWrite> writes, TimeSpan took)
    {
        healthy = true;
        Interlocked.Increment(ref commits);
        foreach (var write in writes)
            if (write is PendingAppend) Interlocked.Add(ref messages, write.Rows);
        Committed?.Invoke(took);
    }

    private void Answer(IReadOnlyList<PendingWrite> writes, Stage stage, Exception? failure)
    {
        if (failure is not null) Report(stage, failure);
        foreach (var write in writes)
        {
            if (failure is null) write.Complete();
            else if (stage == Stage.Committing) write.Doubt(failure);
            else write.Refuse(failure);
        }
    }

    private void Report(Stage stage, Exception failure)
    {
        // A constraint, or a change that threw, is the fault of what was written.
        if (stage == Stage.Writing && failure is not SqliteException { SqliteErrorCode: not SQLitePCL.raw.SQLITE_CONSTRAINT }) return;
        if (healthy) LogFailure(stage, failure); // not a line for each write of a replay
        healthy = false;
    }

    private static LogRefusedException Closed() => new("The database is closed.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "One of {Writes} writes failed: their transaction was rolled back, and each is repeated alone.")]
    private partial void LogReplay(int writes, Exception? failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database failed while {Stage} a transaction.")]
    private partial void LogFailure(Stage stage, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database connection did not leave its transaction and is opened again.")]
    private partial void LogReopening();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log could not be brought into the database; the next start does it.")]
    private partial void LogUnsettled(Exception failure);
}
