namespace Chat.Daemon.Storage.Postgres;

/// <summary>The readers of a database on a server. Each waits for the server on a thread of its own.</summary>
internal sealed class PostgresReaders(PostgresServer server, DamageReports damage)
    : DatabaseReaders(() => new(server.OpenReader()), Connections, damage.Add, new())
{
    /// <summary>So many processes of the server hold memory.</summary>
    public const int Connections = 8;
}
