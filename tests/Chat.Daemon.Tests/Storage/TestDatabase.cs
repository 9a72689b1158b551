using System.Data.Common;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Postgres;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.Tests.Storage;

/// <summary>A database in a temporary folder, or on a server. It can be closed and opened again.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private readonly DaemonMetrics metrics = new();
    private readonly string? server;
    private StateFolder held;
    private Database database;

    /// <param name="server">The connection string of an empty schema; null for a file.</param>
    public TestDatabase(string? server = null)
    {
        this.server = server;
        (held, database) = Open();
    }

    public DatabaseWriter Writer => database.Writer;

    public DatabaseReaders Readers => database.Readers;

    public DatabaseMessageLog Log => new(Writer, Readers);

    public DaemonMetrics Metrics => metrics;

    public string FilePath => folder.Database;

    /// <summary>A database on the server that tests share. Skips the test where there is none.</summary>
    public static async Task<TestDatabase> OnServerAsync() => new(await TestServer.NewSchemaAsync());

    public async Task ReopenAsync()
    {
        await CloseAsync();
        (held, database) = Open();
    }

    public Task<int> ExecuteAsync(string sql) => Writer.WriteAsync(connection => Sql.Execute(connection, sql));

    public Task<long> NumberAsync(string sql) => Writer.WriteAsync(connection => Sql.Number(connection, sql));

    /// <summary>Blocks the writer until the gate is disposed, so the writes queued meanwhile share a transaction.</summary>
    public async Task<Gate> HoldWriterAsync()
    {
        var gate = new Gate();
        gate.Passed = Writer.WriteAsync(gate.Block);
        await gate.Entered.WaitAsync(Wait.Limit);
        return gate;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        metrics.Dispose();
        folder.Dispose();
    }

    private async Task CloseAsync()
    {
        await database.DisposeAsync();
        held.Dispose();
    }

    private (StateFolder, Database) Open()
    {
        var opened = StateFolder.Open(folder.Data);
        return (opened, server is null
            ? ChatDatabase.Open(opened, Durability.Normal, metrics, NullLogger<SqliteWriter>.Instance)
            : PostgresDatabase.Open(server, Durability.Normal, null, metrics, NullLogger<DatabaseWriter>.Instance));
    }

    internal sealed class Gate : IAsyncDisposable
    {
        private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim opened = new();

        public Task Entered => entered.Task;

        public Task Passed { get; set; } = Task.CompletedTask;

        public int Block(DbConnection connection)
        {
            entered.TrySetResult();
            opened.Wait(Wait.Limit);
            return 0;
        }

        public async ValueTask DisposeAsync()
        {
            opened.Set();
            await Passed.WaitAsync(Wait.Limit);
            opened.Dispose();
        }
    }
}
