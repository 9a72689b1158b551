using System.Security.Cryptography;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Log;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Daemon.Storage.Postgres;

/// <summary>A database on a PostgreSQL server. One daemon at a time uses it.</summary>
internal sealed class PostgresDatabase : Database
{
    private readonly PostgresServer server;
    private readonly PostgresWriterConnection connection;

    private PostgresDatabase(
        PostgresServer server, PostgresWriterConnection connection, LogNames logNames, DaemonMetrics metrics, ILogger logger)
    {
        (this.server, this.connection, LogNames) = (server, connection, logNames);
        Damage = new DamageReports(server.Place, logger);
        Writer = new DatabaseWriter(connection, metrics, Damage, logger);
        Readers = new PostgresReaders(server, Damage);
        Writer.Recovered += Readers.CloseIdle; // they were lost, too
    }

    public override string Place => server.Place;

    public override DatabaseWriter Writer { get; }

    public override PostgresReaders Readers { get; }

    public override LogNames LogNames { get; }

    public override DamageReports Damage { get; }

    /// <inheritdoc cref="PostgresWriterConnection.Displaced"/>
    public Task Displaced => connection.Displaced;

    /// <summary>Connects, and creates or migrates the tables.</summary>
    /// <param name="node">What the server calls the connections of this node of a cluster; null outside of one.</param>
    /// <exception cref="StorageUnusableException">The database cannot be used.</exception>
    public static PostgresDatabase Open(
        string connectionString, Durability durability, string? node, DaemonMetrics metrics, ILogger<DatabaseWriter> logger)
    {
        var server = new PostgresServer(connectionString, durability, node);
        PostgresWriterConnection? writer = null;
        try
        {
            using var connection = server.Open();
            PostgresSchema.Prepare(connection, server.Place);
            writer = new PostgresWriterConnection(server, node);
            writer.Open();
            return new PostgresDatabase(server, writer, NamesIn(connection), metrics, logger);
        }
        catch (Exception e)
        {
            writer?.Dispose();
            server.Dispose();
            if (server.Explain(e) is { } explained) throw explained;
            throw;
        }
    }

    public override StorageUnusableException? Explain(Exception failure) => server.Explain(failure);

    /// <summary>The server does that itself.</summary>
    public override void Checkpoint()
    {
    }

    public override async ValueTask DisposeAsync()
    {
        await Writer.CloseAsync();
        await Readers.DisposeAsync();
        Writer.Dispose();
        server.Dispose();
    }

    private static LogNames NamesIn(NpgsqlConnection connection)
    {
        Sql.Execute(connection, "UPDATE epoch SET value = $value WHERE value IS NULL", ("$value", RandomNumberGenerator.GetBytes(16)));
        return new(Sql.Rows(connection, "SELECT value FROM epoch", row => row.GetFieldValue<byte[]>(0)).Single());
    }
}
