using System.Data.Common;
using Chat.Daemon.Storage.Postgres;
using Npgsql;

namespace Chat.Daemon.Storage.Migration;

/// <summary>An empty schema of a PostgreSQL database. The mark is a table of its own, and a daemon starts only without it.</summary>
internal sealed class ServerTarget : IMigrationTarget
{
    private readonly PostgresServer server;
    private readonly NpgsqlConnection connection;

    private ServerTarget(PostgresServer server, NpgsqlConnection connection)
    {
        (this.server, this.connection) = (server, connection);
        if (PostgresSchema.HasUnfinishedCopy(connection))
        {
            const string SelectMark = "SELECT source, checked FROM migration";
            Mark = Sql.Rows(connection, SelectMark, row => new MigrationMark(row.GetString(0), row.GetBoolean(1))).Single();
            return;
        }
        PostgresSchema.Prepare(connection, server.Place);
        var isUsed = Sql.Number(connection, "SELECT commits FROM epoch") > 0;
        if (isUsed || MigratedTable.All.Any(table => TableShape.HasRows(connection, table)))
            throw new DatabaseUnusableException(texts => texts.TargetNotEmpty(server.Place));
    }

    public string Place => server.Place;

    public DbConnection Connection => connection;

    public MigrationMark? Mark { get; private set; }

    /// <exception cref="StorageUnusableException">A daemon uses it, or there is something else.</exception>
    public static ServerTarget Open(string connectionString) => MigrationServer.Open(connectionString, (server, connection) =>
    {
        WriterLock.Take(connection, server.Place);
        return new ServerTarget(server, connection);
    });

    public void SetMark(MigrationMark mark) => Durably(() =>
    {
        if (Mark is null) Sql.Execute(connection, "CREATE TABLE migration(source TEXT NOT NULL, checked BOOLEAN NOT NULL)");
        Sql.Execute(connection, "DELETE FROM migration");
        Sql.Execute(
            connection, "INSERT INTO migration(source, checked) VALUES ($source, $checked)",
            ("$source", mark.Source), ("$checked", mark.IsChecked));
        Mark = mark;
    });

    public IRowInsert Insert(MigratedTable table, List<string> columns) => new ServerInsert(connection, table, columns);

    public void Finish() => Durably(() => Sql.Execute(connection, "DROP TABLE migration"));

    public StorageUnusableException? Explain(Exception failure) => server.Explain(failure);

    public void Dispose()
    {
        connection.Dispose();
        server.Dispose();
    }

    /// <summary>Waits for the server's disk, which then has the earlier commits, too.</summary>
    private void Durably(Action work)
    {
        using var transaction = connection.BeginTransaction();
        if (PostgresServer.IsLazy(connection)) Sql.Execute(connection, "SET LOCAL synchronous_commit TO on");
        work();
        transaction.Commit();
    }
}
