using System.Data.Common;
using System.Diagnostics;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Sqlite;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Storage;

/// <summary>
/// The only writer of the database, on a thread of its own: it commits everything queued in one transaction, and then completes the
/// callers' tasks. It completes none while a transaction may still be open. Methods may be called from any thread.
/// </summary>
/// <remarks>The queue is unbounded, but callers await their write: each conversation has one append queued, each session one
/// change.</remarks>
internal partial class DatabaseWriter : IDisposable
{
    /// <summary>Limits what one failed write makes the writer repeat, and how long the first write waits for the last.</summary>
    private const int RowsPerTransaction = 5_000;

    /// <summary>With its indexes well within the writer's cache, so that nothing goes to the disk before the commit.</summary>
    private const long BytesPerTransaction = 8 << 20;

    /// <summary>How often a quiet daemon lets the connection do what is due.</summary>
    private const int UpkeepMs = 1_000;

    private readonly DaemonMetrics metrics;
    private readonly DamageReports damage;
    private readonly ILogger logger;
    private readonly IWriterConnection connection;
    private readonly Queue<PendingWrite> queue = new(); // also the lock
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool closed; // guarded by the queue
    private TaskCompletionSource<bool>? emptying; // guarded by the queue
    private long commits;
    private long messages;
    private volatile bool healthy = true;

    public DatabaseWriter(IWriterConnection connection, DaemonMetrics metrics, DamageReports damage, ILogger logger)
    {
        (this.connection, this.metrics, this.damage, this.logger) = (connection, metrics, damage, logger);
        new Thread(Run) { Name = "database writer", IsBackground = true }.Start();
    }

    /// <summary>Raised on the writer's thread after each commit: must be quick.</summary>
    public event Action? Committed;

    /// <summary>Raised on the writer's thread when the database works again: must be quick.</summary>
    public event Action? Recovered;

    /// <summary>Transactions committed.</summary>
    public long Commits => Interlocked.Read(ref commits);

    /// <summary>Messages committed.</summary>
    public long Messages => Interlocked.Read(ref messages);

    /// <summary>Writes that wait for their transaction.</summary>
    public int Queued
    {
        get
        {
            lock (queue) return queue.Count;
        }
    }

    /// <summary>False from a storage failure until the next commit.</summary>
    public bool IsHealthy => healthy;

    /// <summary>
    /// Completes when the entries are committed. The list must not change until then. The caller continues on the writer's thread, which
    /// spares a wake-up for each batch: it must not wait there, nor read the database.
    /// </summary>
    /// <returns>The outcomes of the changes among them, in their order.</returns>
    /// <exception cref="LogRefusedException">The entries are not in the log.</exception>
    /// <exception cref="LogOutcomeUnknownException">The entries may be in the log.</exception>
    public Task<IReadOnlyList<ChangeOutcome>> AppendAsync(ConversationId conversation, IReadOnlyList<LogEntry> entries)
    {
        var removesText = entries.Any(entry => entry is LoggedChange { Kind: ChangeKind.Edit or ChangeKind.Delete });
        return EnqueueAsync(new PendingWrite<IReadOnlyList<ChangeOutcome>>(entries, toDisk: false, writer =>
        {
            if (removesText) writer.RemovesTexts();
            return writer.Append(conversation, entries);
        })
        {
            Written = new(),
        });
    }

    /// <summary>
    /// Runs a change on the writer's thread, in a transaction that it shares with other writes and must not end. If another write of that
    /// transaction fails, the change is rolled back and run again. Refuse with a value: an exception makes all other writes start over. The
    /// commit waits for the disk, however durable messages are: after a power loss, no old password, role or token may work again.
    /// </summary>
    /// <exception cref="LogRefusedException">The writer is closed.</exception>
    /// <exception cref="LogOutcomeUnknownException">The commit failed: the change may be in the database.</exception>
    public Task<T> WriteAsync<T>(Func<DbConnection, T> change) =>
        EnqueueAsync(new PendingWrite<T>([], toDisk: true, writer => change(writer.Connection)));

    /// <summary>Like <see cref="WriteAsync"/>, for a change that only needs to be as durable as messages.</summary>
    public Task<T> WriteLikeMessagesAsync<T>(Func<DbConnection, T> change) =>
        EnqueueAsync(new PendingWrite<T>([], toDisk: false, writer => change(writer.Connection)));

    /// <summary>Completes once everything whose outcome is unknown is in the database or never will be, so that readers find it.</summary>
    public Task SettleAsync() => connection.IsUnsettled ? WriteLikeMessagesAsync(_ => true) : Task.CompletedTask;

    /// <summary>
    /// Empties the write-ahead log after the next transaction: it keeps older versions of pages, with what has been erased from them since.
    /// </summary>
    /// <returns>False if a reader needs the log now.</returns>
    public Task<bool> TryEmptyLogAsync()
    {
        lock (queue)
        {
            if (closed) return Task.FromResult(false);
            emptying ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            Monitor.Pulse(queue);
            return emptying.Task;
        }
    }

    /// <summary>Takes no more writes; completes when all queued ones are committed and answered.</summary>
    public Task CloseAsync()
    {
        lock (queue)
        {
            closed = true;
            Monitor.PulseAll(queue);
        }
        return ended.Task;
    }

    /// <summary>Settles and closes the file. Call only after <see cref="CloseAsync"/> has completed.</summary>
    public void Dispose() => connection.Dispose();

    private Task<T> EnqueueAsync<T>(PendingWrite<T> write)
    {
        lock (queue)
        {
            if (closed) return Task.FromException<T>(new LogRefusedException("The database is closed."));
            queue.Enqueue(write);
            Monitor.Pulse(queue);
        }
        return write.Written.Task;
    }

    private void Run()
    {
        var batch = new List<PendingWrite>();
        while (Take(batch))
        {
            if (batch.Count > 0) Write(batch);
            batch.Clear();
            Upkeep();
            TakeEmptying()?.SetResult(connection.TryEmptyLog());
        }
        TakeEmptying()?.SetResult(false);
        ended.SetResult();
    }

    private void Upkeep()
    {
        if (connection.TryUpkeep(out var lost)) Recover();
        else if (lost is not null) Report(WriteStage.Beginning, lost);
    }

    private void Recover()
    {
        if (healthy) return;
        healthy = true;
        LogRecovered();
        Recovered?.Invoke();
    }

    private TaskCompletionSource<bool>? TakeEmptying()
    {
        lock (queue)
        {
            var taken = emptying;
            emptying = null;
            return taken;
        }
    }

    /// <summary>
    /// Waits for a write, then takes as many as one transaction may hold; at least one, however large. Takes none if the connection has
    /// something else to do meanwhile.
    /// </summary>
    /// <returns>False if the queue is closed and empty.</returns>
    private bool Take(List<PendingWrite> batch)
    {
        lock (queue)
        {
            while (queue.Count == 0)
            {
                if (closed) return false;
                if (emptying is not null) return true;
                if (!connection.NeedsUpkeep) Monitor.Wait(queue);
                else if (!Monitor.Wait(queue, UpkeepMs)) return true;
            }
            var (rows, bytes) = (0, 0L);
            while (queue.TryPeek(out var write)
                && (batch.Count == 0 || (rows + write.Rows <= RowsPerTransaction && bytes + write.Bytes <= BytesPerTransaction)))
            {
                batch.Add(queue.Dequeue());
                rows += write.Rows;
                bytes += write.Bytes;
            }
            return true;
        }
    }

    /// <summary>Commits the batch; if one of its writes fails, repeats each alone.</summary>
    private void Write(List<PendingWrite> batch)
    {
        var (stage, failure) = Commit(batch);
        if (stage != WriteStage.Writing || batch.Count == 1)
        {
            Answer(batch, stage, failure);
            return;
        }
        if (healthy) LogReplay(batch.Count, failure);
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
        var (stage, failure) = connection.Commit(
            writes.Select<PendingWrite, Action<IWriterConnection>>(write => write.Run), writes.Any(write => write.ToDisk));
        if (failure is not null) return (stage, failure);
        Recover();
        Interlocked.Increment(ref commits);
        Interlocked.Add(ref messages, writes.Sum(write => write.Messages));
        metrics.AddCommit(Stopwatch.GetElapsedTime(started));
        Committed?.Invoke();
        return (stage, null);
    }

    private void Answer(IReadOnlyList<PendingWrite> writes, WriteStage stage, Exception? failure)
    {
        if (failure is not null) Report(stage, failure);
        foreach (var write in writes)
        {
            if (failure is null) write.Complete();
            else if (stage == WriteStage.Committing) write.Fail(new LogOutcomeUnknownException("The commit failed.", failure));
            else write.Refuse(failure);
        }
    }

    private void Report(WriteStage stage, Exception failure)
    {
        damage.Add(failure);
        // A violated constraint, or a change that threw, is the caller's mistake, not the storage's.
        if (stage == WriteStage.Writing && !connection.IsToBlame(failure)) return;
        if (healthy && DiskFull.Is(failure)) LogDiskFull(failure); // once, not for each write that is repeated
        else if (healthy) LogFailure(stage, failure);
        healthy = false;
    }

    [LoggerMessage(EventId = 311, EventName = "WritesRepeated", Level = LogLevel.Warning,
        Message = "Write failed: rolled back the transaction, repeating each of its {Writes} writes alone")]
    private partial void LogReplay(int writes, Exception? failure);

    [LoggerMessage(EventId = 312, EventName = "DatabaseFailed", Level = LogLevel.Error,
        Message = "Database failed: transaction stopped at stage {Stage}")]
    private partial void LogFailure(WriteStage stage, Exception failure);

    [LoggerMessage(EventId = 323, EventName = "DatabaseRecovered", Level = LogLevel.Information,
        Message = "Database works again")]
    private partial void LogRecovered();

    [LoggerMessage(EventId = 321, EventName = "DiskFull", Level = LogLevel.Error,
        Message = "Disk full: nothing can be stored, and messages are refused. Make room on the disk of the data folder")]
    private partial void LogDiskFull(Exception failure);

    /// <param name="entries">What it appends; a change of anything else counts as one row.</param>
    /// <param name="toDisk">Wait for the disk, however durable messages are.</param>
    private abstract class PendingWrite(IReadOnlyList<LogEntry> entries, bool toDisk)
    {
        /// <summary>Roughly: the fields of a row besides its text, and its share of the indexes.</summary>
        private const int RowOverhead = 100;

        public int Messages { get; } = entries.Count(entry => entry is LoggedMessage);

        public bool ToDisk => toDisk;

        public int Rows => Math.Max(entries.Count, 1);

        public long Bytes { get; } = entries.Sum(entry => RowOverhead + (2L * entry.TextLength));

        /// <summary>May run twice: again alone, if another write failed its transaction.</summary>
        public abstract void Run(IWriterConnection connection);

        public abstract void Complete();

        public abstract void Fail(Exception reason);

        /// <summary>It was rolled back.</summary>
        public void Refuse(Exception reason) => Fail(
            entries.Count == 0 || reason is LogRefusedException
                ? reason
                : new LogRefusedException("Cannot write the message log.", reason));
    }

    private sealed class PendingWrite<T>(IReadOnlyList<LogEntry> entries, bool toDisk, Func<IWriterConnection, T> run)
        : PendingWrite(entries, toDisk)
    {
        private T? result;

        public TaskCompletionSource<T> Written { get; init; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Run(IWriterConnection connection) => result = run(connection);

        public override void Complete() => Written.SetResult(result!);

        public override void Fail(Exception reason) => Written.SetException(reason);
    }
}
