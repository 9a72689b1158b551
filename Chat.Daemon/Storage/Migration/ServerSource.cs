using System.Data.Common;
using System.Globalization;
using Chat.Daemon.Storage.Postgres;
using Npgsql;

namespace Chat.Daemon.Storage.Migration;

/// <summary>A database on a PostgreSQL server that no daemon uses.</summary>
internal sealed class ServerSource : IMigrationSource
{
    private readonly PostgresServer server;
    private readonly NpgsqlConnection connection;

    private ServerSource(PostgresServer server, NpgsqlConnection connection)
    {
        (this.server, this.connection) = (server, connection);
        Epoch = FileSource.ReadEpoch(connection);
        var commits = Sql.Number(connection, "SELECT commits FROM epoch").ToString(CultureInfo.InvariantCulture);
        Fingerprint = $"{Convert.ToHexString(Epoch ?? [])} {commits}";
    }

    public string Place => server.Place;

    public DbConnection Connection => connection;

    public byte[]? Epoch { get; }

    public string Fingerprint { get; }

    /// <exception cref="StorageUnusableException">A daemon uses it, or it has not this version's tables.</exception>
    public static ServerSource Open(string connectionString) => MigrationServer.Open(connectionString, (server, connection) =>
    {
        var version = PostgresSchema.VersionIn(connection);
        if (version is null) throw new DatabaseUnusableException(texts => texts.NothingToMigrate(server.Place));
        if (version > PostgresSchema.Version)
            throw new DatabaseUnusableException(texts => texts.Newer(server.Place, version.Value, PostgresSchema.Version));
        if (version < PostgresSchema.Version) throw new DatabaseUnusableException(texts => texts.OldSchema(server.Place));
        if (PostgresSchema.HasUnfinishedCopy(connection))
            throw new DatabaseUnusableException(texts => texts.UnfinishedCopy(server.Place));
        WriterLock.Take(connection, server.Place);
        WriterLock.ThrowIfNodesLive(connection, server.Place);
        return new ServerSource(server, connection);
    });

    public void ForgetEpoch() => Sql.Execute(connection, "UPDATE epoch SET value = NULL");

    public StorageUnusableException? Explain(Exception failure) => server.Explain(failure);

    public void Dispose()
    {
        connection.Dispose();
        server.Dispose();
    }
}
