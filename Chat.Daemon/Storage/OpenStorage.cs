using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Postgres;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.Storage;

/// <summary>The locked data folder and its open database. Outlives all that uses them.</summary>
internal sealed class OpenStorage : IAsyncDisposable
{
    private OpenStorage(StateFolder folder, Database database) => (Folder, Database) = (folder, database);

    public StateFolder Folder { get; }

    public Database Database { get; }

    /// <param name="node">As in <see cref="PostgresDatabase.Open"/>.</param>
    /// <exception cref="StorageUnusableException">The folder is in use, or the database cannot be used.</exception>
    public static OpenStorage Open(ChatOptions options, string? node, DaemonMetrics metrics, ILoggerFactory log) =>
        Open(options, options.History.Durability, node, metrics, log);

    /// <summary>For an order of the operator while no daemon runs: the file is written durably, whatever messages are.</summary>
    /// <inheritdoc cref="Open(ChatOptions, string, DaemonMetrics, ILoggerFactory)" path="/exception"/>
    public static OpenStorage OpenForOrder(ChatOptions options, DaemonMetrics metrics) =>
        Open(options, Durability.Full, node: null, metrics, NullLoggerFactory.Instance);

    private static OpenStorage Open(
        ChatOptions options, Durability ofFile, string? node, DaemonMetrics metrics, ILoggerFactory log)
    {
        StateFolder? folder = null;
        try
        {
            folder = StateFolder.Open(options.DataFolder);
            var path = folder.FolderPath;
            metrics.AddGauge(
                "chat.disk.free", "By", "Free bytes on the disk of the data folder; -1 if unknown.", () => DiskRoom.Free(path) ?? -1);
            return new OpenStorage(folder, options.IsOnServer
                ? PostgresDatabase.Open(
                    options.Database, options.History.Durability, node, metrics, log.CreateLogger<DatabaseWriter>())
                : ChatDatabase.Open(folder, ofFile, metrics, log.CreateLogger<SqliteWriter>()));
        }
        catch (Exception)
        {
            folder?.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Folder.Dispose();
    }
}
