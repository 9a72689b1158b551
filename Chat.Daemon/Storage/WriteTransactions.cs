using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Storage;

/// <summary>How far a transaction came.</summary>
internal enum WriteStage
{
    Beginning,
    Writing,
    Committing,
    Committed,
}

/// <summary>Runs one transaction after the other, on a connection that it opens again where a failure took it. For one thread at a time.</summary>
internal sealed partial class WriteTransactions(DatabaseFile file, ILogger logger) : IDisposable
{
    private WriterConnection? connection = new(file); // null after a failure that it did not survive

    /// <returns>How far it came, and what stopped it there. The connection is out of the transaction in any case.</returns>
    public (WriteStage Stage, Exception? Failure) Run(IReadOnlyList<PendingWrite> writes)
    {
        var stage = WriteStage.Beginning;
        try
        {
            connection ??= new WriterConnection(file);
            connection.Begin();
            stage = WriteStage.Writing;
            foreach (var write in writes)
            {
                write.Run(connection);
                connection.RequireTransaction();
            }
            stage = WriteStage.Committing;
            connection.Commit();
            return (WriteStage.Committed, null);
        }
        catch (Exception e) // whatever it is, it is handed to those who wait
        {
            Leave();
            return (stage, e);
        }
    }

    public void BoundLog() => Try(open => open.BoundLog());

    /// <summary>Settles and closes the file.</summary>
    public void Dispose()
    {
        Try(open => open.Settle());
        connection?.Dispose();
        connection = null;
    }

    private void Leave()
    {
        if (connection is null || connection.TryLeaveTransaction()) return;
        connection.Dispose();
        connection = null;
        LogReopening();
    }

    private void Try(Action<WriterConnection> checkpoint)
    {
        try
        {
            if (connection is not null) checkpoint(connection);
        }
        catch (SqliteException e)
        {
            LogUnsettled(e); // all is committed; the next checkpoint, or the next start, goes on from there
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database connection did not leave its transaction and is opened again.")]
    private partial void LogReopening();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log could not be brought into the database. Nothing is lost, but it grows.")]
    private partial void LogUnsettled(Exception failure);
}
