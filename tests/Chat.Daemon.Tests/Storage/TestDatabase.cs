using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.Tests.Storage;

/// <summary>A database in a temporary folder. It can be closed and opened again.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private readonly DaemonMetrics metrics = new();
    private StateFolder held;
    private ChatDatabase database;

    public TestDatabase() => (held, database) = Open();

    public SqliteWriter Writer => database.Writer;

    public SqliteReaders Readers => database.Readers;

    public SqliteMessageLog Log => new(Writer, Readers);

    public DaemonMetrics Metrics => metrics;

    public string FilePath => folder.Database;

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

    private (StateFolder, ChatDatabase) Open()
    {
        var opened = StateFolder.Open(folder.Data);
        return (opened, ChatDatabase.Open(opened, Durability.Normal, metrics, NullLogger<SqliteWriter>.Instance));
    }

    internal sealed class Gate : IAsyncDisposable
    {
        private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim opened = new();

        public Task Entered => entered.Task;

        public Task Passed { get; set; } = Task.CompletedTask;

        public int Block(SqliteConnection connection)
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
