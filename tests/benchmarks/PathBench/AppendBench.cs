using BenchmarkDotNet.Attributes;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Memory;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace PathBench;

/// <summary>Messages of many conversations become rows, a thousand in a transaction; the figure is for one.</summary>
public class AppendBench
{
    private const int Conversations = 100, Each = 10, Messages = Conversations * Each;

    private DirectoryInfo root = null!;
    private StateFolder folder = null!;
    private DaemonMetrics metrics = null!;
    private ChatDatabase database = null!;
    private IMessageLog log = null!;
    private long next = 1;

    [Params("none", "normal", "full")]
    public string Durability { get; set; } = "";

    [GlobalSetup]
    public void Open()
    {
        root = Directory.CreateTempSubdirectory("path-bench-");
        var durability = Enum.Parse<Durability>(Durability, ignoreCase: true);
        (folder, metrics) = (StateFolder.Open(root.FullName), new DaemonMetrics());
        database = ChatDatabase.Open(folder, durability, metrics, NullLogger<SqliteWriter>.Instance);
        log = durability == Chat.Daemon.Configuration.Durability.None
            ? new MemoryMessageLog(1_000, TimeProvider.System, database.Readers)
            : new DatabaseMessageLog(database.Writer, database.Readers);
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public Task AppendAsync()
    {
        var appends = new Task[Conversations];
        for (var i = 0; i < Conversations; i++)
        {
            var entries = new List<LogEntry>(Each);
            for (var seq = next; seq < next + Each; seq++)
                entries.Add(new LoggedMessage(seq, "ana", Samples.Text, 1_700_000_000_000 + seq, i + 1, $"m-{seq}") { Identity = "g1" });
            appends[i] = log.AppendAsync(new ConversationId(i + 1), entries);
        }
        next += Each;
        return Task.WhenAll(appends);
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await database.DisposeAsync();
        metrics.Dispose();
        folder.Dispose();
        root.Delete(recursive: true);
    }
}
