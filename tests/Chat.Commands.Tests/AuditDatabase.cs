using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Storage.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Commands.Tests;

/// <summary>A database of its own for the audit of one test.</summary>
internal sealed class AuditDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-test-");
    private readonly StateFolder state;
    private readonly ChatDatabase database;

    public AuditDatabase()
    {
        state = StateFolder.Open(Path.Combine(folder.FullName, "data"));
        database = ChatDatabase.Open(state, Durability.None, new DaemonMetrics(), NullLogger<SqliteWriter>.Instance);
        Store = new(database.Writer, database.Readers);
    }

    public AuditStore Store { get; }

    /// <summary>The entries, oldest first.</summary>
    public async Task<IReadOnlyList<AuditedCommand>> EntriesAsync() => [.. (await Store.ReadAsync(null, null, 100, default)).Reverse()];

    /// <summary>From now on the store can write nothing.</summary>
    public ValueTask CloseAsync() => database.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        state.Dispose();
        folder.Delete(recursive: true);
    }
}
