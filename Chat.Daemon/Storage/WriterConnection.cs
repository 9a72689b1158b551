using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Storage;

/// <summary>The connection that writes, and its transaction. For one thread at a time.</summary>
internal sealed class WriterConnection : IDisposable
{
    /// <summary>Four times what the usual checkpoint leaves behind.</summary>
    private const long LogBytes = 64 << 20;

    private readonly sqlite3 database;
    private readonly MessageInsert insert;
    private readonly FileInfo writeAheadLog;

    public WriterConnection(DatabaseFile file)
    {
        Connection = file.OpenWriter();
        database = Connection.Handle!;
        writeAheadLog = new FileInfo(file.FilePath + "-wal");
        try
        {
            insert = new MessageInsert(Connection);
        }
        catch
        {
            Connection.Dispose();
            throw;
        }
    }

    public SqliteConnection Connection { get; }

    private bool InTransaction => raw.sqlite3_get_autocommit(database) == 0;

    public void Begin() => Execute("BEGIN IMMEDIATE");

    public void Commit() => Execute("COMMIT");

    public void Append(ConversationId conversation, IReadOnlyList<LoggedMessage> messages) => insert.Append(conversation, messages);

    /// <summary>A full disk, or a change that ended the transaction itself, would let what follows commit alone.</summary>
    public void RequireTransaction()
    {
        if (!InTransaction) throw new InvalidOperationException("The transaction ended before its commit.");
    }

    /// <returns>Whether the transaction, if there was one, is certainly over; else the connection must be closed.</returns>
    public bool TryLeaveTransaction()
    {
        try
        {
            if (InTransaction) raw.sqlite3_exec(database, "ROLLBACK"); // whether it worked is what the next line asks
            return !InTransaction;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>
    /// The checkpoint that a commit makes does not wait for readers, and where some are always there the write-ahead log would grow for ever.
    /// This one waits until those of the moment have read on. Outside of a transaction only.
    /// </summary>
    public void BoundLog()
    {
        writeAheadLog.Refresh();
        if (writeAheadLog.Exists && writeAheadLog.Length > LogBytes) Sql.Execute(Connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Brings what is in the write-ahead log into the database, so that the file is whole by itself.</summary>
    public void Settle() => Sql.Execute(Connection, "PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);");

    public void Dispose()
    {
        insert.Dispose(); // a statement that is left would keep the connection, and its transaction, open
        Connection.Dispose();
    }

    private void Execute(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(database, sql), database);
}
