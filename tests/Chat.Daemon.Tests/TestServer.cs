using Chat.TestKit;

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
