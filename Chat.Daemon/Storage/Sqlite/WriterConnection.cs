using System.Data.Common;
using Chat.Daemon.Configuration;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Log;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>
/// The connection that writes, one transaction after the other; opened again when a failure leaves it unusable. For one thread at a time.
/// </summary>
internal sealed partial class WriterConnection : IWriterConnection
{
    private readonly DatabaseFile file;
    private readonly ILogger logger;
    private OpenConnection? open; // null after a failure that left it unusable

    public WriterConnection(DatabaseFile file, ILogger logger)
    {
        (this.file, this.logger, open) = (file, logger, new OpenConnection(file));
        WriteAheadLog = new(file.FilePath + "-wal", TimeProvider.System, logger);
        WriteAheadLog.RemovesTexts(); // an earlier process may have been killed before it emptied the file
    }

    public WriteAheadLog WriteAheadLog { get; }

    public DbConnection Connection => open!.Connection;

    /// <summary>While the write-ahead log is too long, or may hold texts that were removed.</summary>
    public bool NeedsUpkeep => !WriteAheadLog.IsShort || WriteAheadLog.HoldsRemoved;

    public bool IsUnsettled => false; // a commit ends before it returns

    public IReadOnlyList<ChangeOutcome> Append(ConversationId conversation, IReadOnlyList<LogEntry> entries) =>
        open!.Append.Append(conversation, entries);

    public (WriteStage Stage, Exception? Failure) Commit(IEnumerable<Action<IWriterConnection>> writes, bool toDisk)
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
            var failure = open is null ? e : DiskFull.Clear(e, open.Connection); // before the rollback, which may fail too
            LeaveTransaction();
            return (IsUndone(stage, failure) ? WriteStage.Writing : stage, failure);
        }
    }

    public bool TryUpkeep(out Exception? lost)
    {
        lost = null;
        if (open is not null) WriteAheadLog.Shorten(open.Connection);
        return false; // only a write shows that the disk works
    }

    public void RemovesTexts() => WriteAheadLog.RemovesTexts();

    /// <summary>A violated constraint is the mistake of the write.</summary>
    public bool IsToBlame(Exception failure) => failure is SqliteException { SqliteErrorCode: not raw.SQLITE_CONSTRAINT };

    /// <summary>Empties the write-ahead log, which keeps older versions of pages.</summary>
    public bool TryEmptyLog() => open is not null && WriteAheadLog.TryEmptyNow(open.Connection);

    /// <summary>Moves the write-ahead log into the database, so that one file holds everything, and closes it.</summary>
    public void Dispose()
    {
        if (open is not null) WriteAheadLog.Settle(open.Connection);
        open?.Dispose();
        open = null;
    }

    /// <summary>
    /// A commit writes its pages to the write-ahead log, and the one that makes it valid last. Without room, SQLite stops before or within
    /// that page, so no start will ever find the commit. Any other failure, of the sync for example, may come after that page.
    /// </summary>
    private static bool IsUndone(WriteStage stage, Exception failure) => stage == WriteStage.Committing && DiskFull.Is(failure);

    private void LeaveTransaction()
    {
        if (open is null || open.TryRollback()) return;
        open.Dispose();
        open = null;
        LogReopening();
    }

    [LoggerMessage(EventId = 313, EventName = "DatabaseReopening", Level = LogLevel.Warning,
        Message = "Database connection did not leave its transaction: closed it, opening another")]
    private partial void LogReopening();

    private sealed class OpenConnection : IDisposable
    {
        private readonly sqlite3 database;
        private bool waitsForDisk;

        public OpenConnection(DatabaseFile file)
        {
            Connection = file.OpenWriter();
            database = Connection.Handle!;
            waitsForDisk = file.Durability == Durability.Full;
            try
            {
                Append = new LogAppend(Connection);
            }
            catch
            {
                Connection.Dispose();
                throw;
            }
        }

        public SqliteConnection Connection { get; }

        public LogAppend Append { get; }

        public bool InTransaction => raw.sqlite3_get_autocommit(database) == 0;

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
            Append.Dispose(); // a statement left open would keep the connection and its transaction open
            Connection.Dispose();
        }
    }
}
