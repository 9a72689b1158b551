using Chat.Daemon.Storage.Postgres;
using Npgsql;

namespace Chat.Daemon.Cluster;

/// <summary>
/// Waits until no daemon writes to the database. The lock that it waits for is the one that every daemon holds as long as it writes there,
/// so that no mistake about who lives lets two of them serve.
/// </summary>
internal sealed class ServingTurn(PostgresServer server, OtherNodes otherNodes)
{
    /// <summary>After each, it looks whether the other nodes still live.</summary>
    private const int LapMs = 1_000;

    /// <summary>Between attempts to reach a server that is away.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>Completes when the lock was free, which another may take first.</summary>
    /// <param name="waits">Called once it is clear that it has to wait.</param>
    public async Task WaitAsync(Action waits, CancellationToken cancellation)
    {
        while (!await IsFreeAsync(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            waits();
        }
    }

    /// <summary>Whether another daemon writes now.</summary>
    /// <param name="backends">What the server calls the connections of this node.</param>
    public bool IsTaken(string backends)
    {
        try
        {
            using var connection = server.Open();
            return PostgresSchema.HasOtherWriter(connection, backends);
        }
        catch (NpgsqlException)
        {
            return false; // then the failure to open the database is told
        }
    }

    private async Task<bool> IsFreeAsync(CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(TryLock, cancellation);
        }
        catch (NpgsqlException)
        {
            otherNodes.Forget();
            await Task.Delay(RetryPause, cancellation); // whoever serves has the same trouble
            return false;
        }
    }

    /// <summary>The lock is given up at once: the connection that writes takes it.</summary>
    private bool TryLock()
    {
        using var connection = server.Open();
        try
        {
            using var command = new NpgsqlCommand(
                $"SET lock_timeout = {LapMs}; SELECT pg_advisory_lock({PostgresSchema.LockOf("writer")})", connection);
            command.ExecuteNonQuery();
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            otherNodes.BuryDead(connection);
            return false;
        }
    }
}
