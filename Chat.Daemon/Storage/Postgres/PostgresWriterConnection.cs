using System.Data.Common;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Npgsql;

namespace Chat.Daemon.Storage.Postgres;

/// <summary>
/// The connection that writes, one transaction after the other; opened again when it was lost. It holds a lock on the tables as long as it
/// lives: so a new one writes only when the server has ended the one before, whose last commit may have been under way. For one thread at
/// a time.
/// </summary>
/// <param name="node">What the server calls the connections of this node of a cluster; null outside of one.</param>
internal sealed class PostgresWriterConnection(PostgresServer server, string? node) : IWriterConnection
{
    /// <summary>Between two attempts to connect. Meanwhile writes are refused at once.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>A connection that was used since then is known to work.</summary>
    private static readonly TimeSpan PingPause = TimeSpan.FromSeconds(1);

    /// <summary>How long a statement waits for a lock.</summary>
    private const int LockMs = 3_000;

    /// <summary>
    /// Each transaction counts itself: a server that has lost some, like a replica that took over too early, is known by its count. In a
    /// transaction that has failed, COMMIT alone would roll back without an error; this gives one.
    /// </summary>
    private const string CountAndCommit = "UPDATE epoch SET commits = commits + 1; COMMIT";

    private readonly string writer = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly TaskCompletionSource displaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NpgsqlConnection? open; // null after a failure
    private PostgresAppend? append;
    private bool isLazy; // the server's commits do not wait for its disk
    private Exception? failure;
    private long failedAt, usedAt;
    private long commits = -1; // known to be in the database; negative before the first connection
    private volatile bool isUnsettled;

    /// <summary>Other statements find the messages that were appended before.</summary>
    public DbConnection Connection
    {
        get
        {
            append!.Flush();
            return open!;
        }
    }

    /// <summary>
    /// Completes when another daemon writes there, or has written: what this one knows is old. Only for a node of a cluster, which then
    /// ends.
    /// </summary>
    public Task Displaced => displaced.Task;

    public bool NeedsUpkeep => true;

    public bool IsUnsettled => isUnsettled;

    public IReadOnlyList<ChangeOutcome> Append(ConversationId conversation, IReadOnlyList<LogEntry> entries) =>
        append!.Append(conversation, entries);

    /// <exception cref="DbException">It cannot be used now.</exception>
    public void Open()
    {
        if (open is not null) return;
        if (failure is not null && Stopwatch.GetElapsedTime(failedAt) < RetryPause) ExceptionDispatchInfo.Throw(failure);
        NpgsqlConnection? connection = null;
        try
        {
            connection = server.Open();
            TakeLock(connection);
            Claim(connection);
            commits = CountCommits(connection);
            isLazy = PostgresServer.IsLazy(connection);
            (open, append, failure) = (connection, new PostgresAppend(connection), null);
            isUnsettled = false; // the server has ended the connection before, and with it what was under way
        }
        catch (Exception e)
        {
            (failure, failedAt) = (e, Stopwatch.GetTimestamp());
            connection?.Dispose();
            throw;
        }
    }

    public (WriteStage Stage, Exception? Failure) Commit(IEnumerable<Action<IWriterConnection>> writes, bool toDisk)
    {
        var stage = WriteStage.Beginning;
        try
        {
            Open();
            Run(toDisk && isLazy ? "BEGIN; SET LOCAL synchronous_commit TO on" : "BEGIN");
            stage = WriteStage.Writing;
            foreach (var write in writes) write(this);
            append!.Flush();
            stage = WriteStage.Committing;
            Run(CountAndCommit);
            commits++;
            usedAt = Stopwatch.GetTimestamp();
            return (WriteStage.Committed, null);
        }
        catch (Exception e) // the callers get it, whatever it is
        {
            if (stage == WriteStage.Committing && IsUndone(e)) stage = WriteStage.Writing;
            // The server rolls back what a lost connection has begun, and repeating each write alone would only take long.
            if (TryRollback()) return (stage, e);
            if (stage == WriteStage.Committing) isUnsettled = true;
            return (stage == WriteStage.Writing ? WriteStage.Beginning : stage, e);
        }
    }

    public bool TryUpkeep(out Exception? lost)
    {
        lost = null;
        if (open is not null && Stopwatch.GetElapsedTime(usedAt) < PingPause) return false;
        try
        {
            Open();
            Run("SELECT 1");
            usedAt = Stopwatch.GetTimestamp();
            return true;
        }
        catch (Exception e) // whatever it is, it is told, and tried again
        {
            Close();
            lost = e;
            return false;
        }
    }

    /// <summary>Old versions of rows, and the server's write-ahead log, are its operator's.</summary>
    public void RemovesTexts()
    {
    }

    /// <inheritdoc cref="RemovesTexts"/>
    public bool TryEmptyLog() => true;

    /// <summary>A violated constraint, or a value that a column cannot hold, is the mistake of the write.</summary>
    public bool IsToBlame(Exception failure) => failure is DbException and not PostgresException { SqlState: ['2', '2' or '3', ..] };

    public void Dispose() => Close();

    /// <summary>A server that is being stopped may have committed before it said so.</summary>
    private static bool IsUndone(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.InFailedSqlTransaction or ['2', '3', ..] or ['4', '0', ..] };

    /// <summary>Waits a little: the server may be about to end the connection of an earlier daemon.</summary>
    private void TakeLock(NpgsqlConnection connection)
    {
        try
        {
            Sql.Execute(connection, $"SET lock_timeout = {LockMs}");
            Sql.Execute(connection, $"SELECT pg_advisory_lock({PostgresSchema.LockOf("writer")})");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            if (commits >= 0 && node is not null && PostgresSchema.HasOtherWriter(connection, node)) displaced.TrySetResult();
            throw new ServerUnfitException(texts => texts.ServerInUse(server.Place));
        }
    }

    /// <summary>
    /// Marks the tables as this connection's, or finds that they still are. If another daemon has served them while this one was without a
    /// connection, the conversations in memory are old, even if that daemon is gone.
    /// </summary>
    private void Claim(NpgsqlConnection connection)
    {
        if (commits < 0)
        {
            Sql.Execute(connection, "UPDATE epoch SET writer = $writer", ("$writer", writer));
            return;
        }
        if (Sql.Number(connection, "SELECT count(*) FROM epoch WHERE writer = $writer", ("$writer", writer)) == 1) return;
        displaced.TrySetResult();
        throw new ServerUnfitException(texts => texts.WrittenByAnother(server.Place));
    }

    /// <summary>
    /// Conversations in memory may have gone on beyond what a server still has that lost something, and numbers would be given twice. So
    /// nothing is written there until a restart, which gives their logs new names.
    /// </summary>
    private long CountCommits(NpgsqlConnection connection)
    {
        var found = Sql.Number(connection, "SELECT commits FROM epoch");
        if (found >= commits) return found;
        Sql.Execute(connection, "UPDATE epoch SET value = NULL");
        if (node is not null) displaced.TrySetResult(); // the restart that it needs is a node's way to end
        throw new ServerUnfitException(texts => texts.LostWrites(server.Place));
    }

    private void Run(string sql)
    {
        using var command = new NpgsqlCommand(sql, open);
        command.ExecuteNonQuery();
    }

    /// <returns>False if the connection is lost.</returns>
    private bool TryRollback()
    {
        append?.Drop();
        if (open is null) return false;
        try
        {
            Run("ROLLBACK");
            return true;
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException or TimeoutException)
        {
            Close();
            return false;
        }
    }

    private void Close()
    {
        open?.Dispose();
        (open, append) = (null, null);
    }
}
