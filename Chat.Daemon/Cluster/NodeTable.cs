using Chat.Daemon.Storage;
using Npgsql;

namespace Chat.Daemon.Cluster;

/// <summary>
/// The nodes in the database that they share: each has a row while it lives, and counts in it once a second. A row that is gone is an order
/// to its node to end. The connection is the caller's, who may wait on it.
/// </summary>
/// <param name="backends">What the server calls the connections of this run of the node; its row's key.</param>
/// <param name="relayCounters">What the node tells the others of with each beat.</param>
internal sealed class NodeTable(string name, string backends, RelayCounters relayCounters)
{
    /// <summary>Takes the name, unless another node has it.</summary>
    /// <param name="addresses">For clients.</param>
    /// <param name="link">For other nodes: where, and the key of this run.</param>
    public bool TryEnter(
        NpgsqlConnection connection, string program, IReadOnlyList<string> addresses, (string Address, byte[] Key) link,
        DateTimeOffset now) =>
        Sql.Execute(
            connection,
            """
            INSERT INTO cluster_nodes(name, backends, program, addresses, link, link_key, started_at)
            VALUES ($name, $backends, $program, $addresses, $link, $key, $now)
            ON CONFLICT DO NOTHING
            """,
            ("$name", name), ("$backends", backends), ("$program", program), ("$addresses", string.Join(' ', addresses)),
            ("$link", link.Address), ("$key", link.Key), ("$now", now.ToUnixTimeMilliseconds())) == 1;

    /// <summary>Tells the others that this node serves now, and none of them.</summary>
    public int Serve(NpgsqlConnection connection) =>
        Sql.Execute(connection, "UPDATE cluster_nodes SET serves = (backends = $backends)", ("$backends", backends));

    /// <returns>Null if none is ready to serve.</returns>
    public static ServingNode? Serving(NpgsqlConnection connection) => Sql.Rows(
        connection, "SELECT backends, link, link_key FROM cluster_nodes WHERE serves AND link <> ''",
        row => new ServingNode(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2))).SingleOrDefault();

    /// <returns>By the names of the nodes: the connections that each relays, and the bytes that it has relayed.</returns>
    public static List<(string Node, long Open, long Bytes)> Relayed(NpgsqlConnection connection) => Sql.Rows(
        connection, "SELECT name, relayed, relayed_bytes FROM cluster_nodes ORDER BY name",
        row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2)));

    /// <returns>Whether the node is to stop; null if it no longer counts as alive.</returns>
    public bool? Beat(NpgsqlConnection connection) => Sql.Rows(
        connection,
        """
        UPDATE cluster_nodes SET beat = beat + 1, relayed = $open, relayed_bytes = $bytes WHERE backends = $backends RETURNING stop
        """,
        row => (bool?)row.GetBoolean(0),
        ("$open", relayCounters.Open), ("$bytes", relayCounters.Bytes), ("$backends", backends)).SingleOrDefault();

    /// <returns>Where clients reach the other nodes that live and are not to stop.</returns>
    public List<string> AddressesOfOthers(NpgsqlConnection connection) => [.. Sql.Rows(
        connection, "SELECT addresses FROM cluster_nodes WHERE backends <> $backends AND NOT stop ORDER BY name", row => row.GetString(0),
        ("$backends", backends)).SelectMany(addresses => addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    public int Leave(NpgsqlConnection connection) =>
        Sql.Execute(connection, "DELETE FROM cluster_nodes WHERE backends = $backends", ("$backends", backends));

    /// <summary>Orders nodes to stop. They look once a second.</summary>
    /// <param name="node">Null for all nodes but this one.</param>
    /// <returns>How many there are.</returns>
    public int Stop(NpgsqlConnection connection, string? node) => node is null
        ? Sql.Execute(connection, "UPDATE cluster_nodes SET stop = true WHERE backends <> $backends", ("$backends", backends))
        : Sql.Execute(connection, "UPDATE cluster_nodes SET stop = true WHERE name = $name", ("$name", node));

    public static List<NodeState> List(NpgsqlConnection connection) => Sql.Rows(
        connection, "SELECT name, program, started_at FROM cluster_nodes ORDER BY name",
        row => new NodeState(row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))));

    /// <returns>How far each of the other nodes has counted.</returns>
    public List<(string Backends, long Beat)> BeatsOfOthers(NpgsqlConnection connection) => Sql.Rows(
        connection, "SELECT backends, beat FROM cluster_nodes WHERE backends <> $backends",
        row => (row.GetString(0), row.GetInt64(1)), ("$backends", backends));

    /// <summary>
    /// Declares a node dead that has not counted on, and ends what the server still does for it: a node that hangs keeps its connections,
    /// and with them the lock of the daemon that writes.
    /// </summary>
    /// <returns>False if it has counted on after all.</returns>
    public static bool TryBury(NpgsqlConnection connection, string dead, long beat)
    {
        var buried = Sql.Execute(
            connection, "DELETE FROM cluster_nodes WHERE backends = $dead AND beat = $beat", ("$dead", dead), ("$beat", beat));
        if (buried == 0) return false;
        Sql.Execute(
            connection,
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = $dead AND datname = current_database() AND usename = current_user
            """,
            ("$dead", dead));
        return true;
    }
}
