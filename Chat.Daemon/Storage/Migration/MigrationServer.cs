using Chat.Daemon.Configuration;
using Chat.Daemon.Storage.Postgres;
using Npgsql;

namespace Chat.Daemon.Storage.Migration;

/// <summary>Opens one side of a copy on a PostgreSQL server.</summary>
internal static class MigrationServer
{
    /// <param name="create">Owns the server and the connection from then on, unless it throws.</param>
    /// <exception cref="StorageUnusableException">It cannot be used, and why.</exception>
    public static T Open<T>(string connectionString, Func<PostgresServer, NpgsqlConnection, T> create)
    {
        var server = new PostgresServer(connectionString, Durability.Normal);
        NpgsqlConnection? connection = null;
        try
        {
            return create(server, connection = server.Open());
        }
        catch (Exception e)
        {
            connection?.Dispose();
            server.Dispose();
            if (server.Explain(e) is { } explained) throw explained;
            throw;
        }
    }
}
