using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Storage;

/// <summary>The locked data folder and its open database. Outlives all that uses them.</summary>
internal sealed class OpenStorage : IAsyncDisposable
{
    private OpenStorage(StateFolder folder, ChatDatabase database) => (Folder, Database) = (folder, database);

    public StateFolder Folder { get; }

    public ChatDatabase Database { get; }

    /// <exception cref="StorageUnusableException">The folder is in use, or the database cannot be used.</exception>
    public static OpenStorage Open(ChatOptions options, DaemonMetrics metrics, ILoggerFactory log)
    {
        StateFolder? folder = null;
        try
        {
            folder = StateFolder.Open(options.DataFolder);
            var path = folder.FolderPath;
            metrics.AddGauge(
                "chat.disk.free", "By", "Free bytes on the disk of the data folder; -1 if unknown.", () => DiskRoom.Free(path) ?? -1);
            return new OpenStorage(
                folder, ChatDatabase.Open(folder, options.History.Durability, metrics, log.CreateLogger<SqliteWriter>()));
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
