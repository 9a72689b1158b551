using Chat.Daemon.Storage.Postgres;
using Npgsql;

namespace Chat.Daemon.Storage.Migration;

/// <summary>Keeps daemons off a database on a server, as long as the connection lives.</summary>
internal static class WriterLock
{
    /// <summary>How long it waits: the server may be about to end the connection of a daemon that was stopped.</summary>
    private const int LockMs = 3_000;

    /// <summary>A node that lives counts once a second.</summary>
    private static readonly TimeSpan Beats = TimeSpan.FromSeconds(3);

    /// <exception cref="ServerUnfitException">A daemon uses it.</exception>
    public static void Take(NpgsqlConnection connection, string place)
    {
        try
        {
            Sql.Execute(connection, $"SET lock_timeout = {LockMs}");
            Sql.Execute(connection, $"SELECT pg_advisory_lock({PostgresSchema.LockOf("writer")})");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new ServerUnfitException(texts => texts.ServerInUse(place));
        }
    }

    /// <summary>One of them would take over there when the lock is free, and not know of the copy. Blocks while it watches them.</summary>
    /// <exception cref="ServerUnfitException">Nodes of a cluster stand by.</exception>
    public static void ThrowIfNodesLive(NpgsqlConnection connection, string place)
    {
        var before = BeatsIn(connection);
        if (before.Count == 0) return;
        using var never = new ManualResetEventSlim();
        never.Wait(Beats);
        if (BeatsIn(connection).Any(node => before.GetValueOrDefault(node.Key, -1) != node.Value))
            throw new ServerUnfitException(texts => texts.NodesLive(place));
    }

    private static Dictionary<string, long> BeatsIn(NpgsqlConnection connection) => Sql.Rows(
        connection, "SELECT backends, beat FROM cluster_nodes", row => (row.GetString(0), row.GetInt64(1))).ToDictionary();
}
