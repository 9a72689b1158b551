using Chat.TestKit;
using Npgsql;

namespace Chat.Daemon.Tests;

/// <summary>The PostgreSQL server that the tests share: each takes a schema of its own. It starts for the first one.</summary>
[TestClass]
public sealed class TestServer
{
    private static readonly Lazy<Task<PostgresServer>> Started = new(PostgresServer.StartAsync);

    /// <returns>The connection string of an empty schema. Skips the test where PostgreSQL is not installed.</returns>
    public static async Task<string> NewSchemaAsync()
    {
        SkipUnlessInstalled();
        return await (await Started.Value).NewSchemaAsync();
    }

    /// <summary>Runs a statement as the server's operator.</summary>
    public static async Task ExecuteAsync(string sql) => await (await Started.Value).ExecuteAsync(sql);

    /// <returns>How many rows of all tables hold a text, in whatever case.</returns>
    public static async Task<long> CountAsync(string database, string text)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT coalesce(sum((xpath('/row/n/text()', query_to_xml(
                format('SELECT count(*) AS n FROM %I AS t WHERE t::text ILIKE %L', table_name, '%' || $1 || '%'), false, true, ''
                )))[1]::text::bigint), 0)::bigint
            FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter { Value = text } },
        };
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public static void SkipUnlessInstalled()
    {
        if (PostgresServer.Programs is null)
            throw new AssertInconclusiveException("Tests of PostgreSQL need its server: './test.sh --install' installs it.");
    }

    [AssemblyCleanup]
    public static async Task StopAsync()
    {
        if (Started.IsValueCreated) await (await Started.Value).DisposeAsync();
    }
}
