using Chat.Daemon.Configuration;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Chat.Daemon.Storage;

/// <summary>
/// The connection that writes, one transaction after the other; opened again when a failure leaves it unusable. For one thread at a time.
/// </summary>
internal sealed partial class WriterConnection(DatabaseFile file, ILogger logger) : IDisposable
{
    /// <summary>Four times what the usual checkpoint leaves behind.</summary>
    private const long MaxLogBytes = 64 << 20;

    private OpenConnection? open = new(file); // null after a failure that left it unusable

    /// <summary>For a write that is running.</summary>
    public SqliteConnection Connection => open!.Connection;

    /// <summary>For a write that is running.</summary>
    /// <exception cref="LogRefusedException">The numbers do not continue the conversation.</exception>
    public void Append(ConversationId conversation, IReadOnlyList<LoggedMessage> messages) => open!.Insert.Append(conversation, messages);

    /// <summary>Runs the writes in one transaction and commits it.</summary>
    /// <param name="toDisk">Wait for the disk (fsync) even where messages do not.</param>
    /// <returns>The stage reached, and what stopped it there. No transaction is open in any case.</returns>
    public (WriteStage Stage, Exception? Failure) Commit(IEnumerable<Action<WriterConnection>> writes, bool toDisk)
    {
        var stage = WriteStage.Beginning;
        try
        {
            open ??= new OpenConnection(file);
            open.WaitForDisk(toDisk || file.Durability == Durability.Full);
            open.Execute("BEGIN IMMEDIATE");
            stage = WriteStage.Writing;
            foreach (var write in writes)
            {
                write(this);
                // After a full disk, or a change that ended the transaction itself, the next write would commit alone.
                if (!open.InTransaction) throw new InvalidOperationException("The transaction ended before its commit.");
            }
            stage = WriteStage.Committing;
            open.Execute("COMMIT");
            return (WriteStage.Committed, null);
        }
        catch (Exception e) // the callers get it, whatever it is
        {
            LeaveTransaction();
            return (stage, e);
        }
    }

    /// <summary>
    /// Keeps the write-ahead log from growing without limit. The checkpoint that a commit makes does not wait for readers, so it never
    /// completes if some are always reading; this one waits for them. Call outside a transaction.
    /// </summary>
    public void BoundLog()
    {
        if (open?.LogBytes > MaxLogBytes) Checkpoint("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Moves the write-ahead log into the database, so that one file holds everything, and closes it.</summary>
    public void Dispose()
    {
        Checkpoint("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);");
        open?.Dispose();
        open = null;
    }

    private void LeaveTransaction()
    {
        if (open is null || open.TryRollback()) return;
        open.Dispose();
        open = null;
        LogReopening();
    }

    private void Checkpoint(string sql)
    {
        try
        {
            if (open is not null) Sql.Execute(open.Connection, sql);
        }
        catch (SqliteException e)
        {
            LogCheckpointFailed(e); // everything is committed; the next checkpoint or start resumes
        }
    }

    [LoggerMessage(EventId = 313, EventName = "DatabaseReopening", Level = LogLevel.Warning,
        Message = "Database connection did not leave its transaction: closed it, opening another")]
    private partial void LogReopening();

    [LoggerMessage(EventId = 314, EventName = "CheckpointFailed", Level = LogLevel.Warning,
        Message = "Checkpoint failed: nothing is lost, but the write-ahead log grows until one succeeds")]
    private partial void LogCheckpointFailed(Exception failure);

    private sealed class OpenConnection : IDisposable
    {
        private readonly sqlite3 database;
        private readonly FileInfo writeAheadLog;
        private bool waitsForDisk;

        public OpenConnection(DatabaseFile file)
        {
            Connection = file.OpenWriter();
            database = Connection.Handle!;
            waitsForDisk = file.Durability == Durability.Full;
            writeAheadLog = new FileInfo(file.FilePath + "-wal");
            try
            {
                Insert = new MessageInsert(Connection);
            }
            catch
            {
                Connection.Dispose();
                throw;
            }
        }

        public SqliteConnection Connection { get; }

        public MessageInsert Insert { get; }

        public bool InTransaction => raw.sqlite3_get_autocommit(database) == 0;

        public long LogBytes
        {
            get
            {
                writeAheadLog.Refresh();
                return writeAheadLog.Exists ? writeAheadLog.Length : 0;
            }
        }

        /// <summary>Whether the next commit waits for the disk, which then has the earlier ones too. Call outside a transaction.</summary>
        public void WaitForDisk(bool wait)
        {
            if (wait == waitsForDisk) return;
            Execute(wait ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            waitsForDisk = wait;
        }

        public void Execute(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(database, sql), database);

        /// <returns>Whether any transaction is certainly over; if not, close the connection.</returns>
        public bool TryRollback()
        {
            try
            {
                if (InTransaction) raw.sqlite3_exec(database, "ROLLBACK"); // the next line asks whether it worked
                return !InTransaction;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        }

        public void Dispose()
        {
            Insert.Dispose(); // a statement left open would keep the connection and its transaction open
            Connection.Dispose();
        }
    }
}
