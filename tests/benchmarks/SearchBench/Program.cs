using System.Diagnostics;
using System.Globalization;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Search;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using SearchBench;

// Measures searches of a filled log while messages are written, and what these notice of it:
// dotnet run -c Release --project tests/benchmarks/SearchBench -- [messages] [seconds]
const int PerSecond = 1_000;
const int Rounds = 5;
const int FillSlice = 5_000;

var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
var seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;
var root = Directory.CreateTempSubdirectory("search-bench-");
using (var folder = StateFolder.Open(root.FullName))
using (var metrics = new DaemonMetrics())
await using (var database = ChatDatabase.Open(folder, Durability.Full, metrics, NullLogger<SqliteWriter>.Instance))
{
    var corpus = new Corpus();
    await database.Writer.WriteAsync(connection => Corpus.CreateRooms((SqliteConnection)connection));
    var log = new DatabaseMessageLog(database.Writer, database.Readers);
    for (var written = 0; written < count; written += FillSlice)
        await Task.WhenAll(corpus.Batch(FillSlice).Select(batch => log.AppendAsync(batch.Room, batch.Messages)));
    Console.WriteLine($"{count:N0} messages in {Corpus.Rooms:N0} rooms, {BytesOf(DatabaseFile.Name) >> 20} MB");

    // In turns, because a disk that is slow for a moment moves a p99 more than the index does.
    var (alone, indexed) = (new Phase(), new Phase());
    for (var round = 0; round < Rounds; round++)
    {
        await alone.RunAsync(() => Load.WriteAsync(log, corpus, PerSecond, seconds));
        await using var other = await OpenAsync();
        await indexed.RunAsync(() => Load.WriteAsync(log, corpus, PerSecond, seconds));
        await other.StopAsync(default);
    }
    Console.WriteLine($"writers alone:          {alone}");
    Console.WriteLine($"writers with the index: {indexed}");

    await using var index = await OpenAsync();
    var search = new IndexSearch(index, database.Readers);
    using var stop = new CancellationTokenSource();
    var searching = Load.SearchAsync(search, corpus, stop.Token);
    var fresh = Load.FreshAsync(log, search, corpus, stop.Token);
    Console.WriteLine($"writers and searches:   {await Load.WriteAsync(log, corpus, PerSecond, seconds)}");
    await stop.CancelAsync();
    foreach (var (name, times) in await searching) Console.WriteLine($"  {name,-32} {times}");
    Console.WriteLine($"  {"a new text is found after",-32} {await fresh}");
    await index.StopAsync(default);

    async Task<SearchIndex> OpenAsync()
    {
        var opened = new SearchIndex(database, folder, metrics, TimeProvider.System, NullLogger<SearchIndex>.Instance);
        var (cpu, began, isNew) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), !File.Exists(PathOf(IndexFile.Name)));
        await opened.StartAsync(default);
        while (!await IsCompleteAsync(opened)) await Task.Delay(100);
        if (!isNew) return opened;
        Console.WriteLine(
            $"built the index in {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s, "
            + $"{(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:N1} s CPU: "
            + $"{BytesOf(IndexFile.Name) / (double)(count + (PerSecond * seconds)):N0} bytes a message");
        return opened;
    }

    async Task<bool> IsCompleteAsync(SearchIndex opened) =>
        (await new IndexSearch(opened, database.Readers).FindAsync(new(SearchTerms.Parse("qqqqq")!, 1, [new(1)]), default))
            is { Stop: null };
}
root.Delete(recursive: true);

string PathOf(string name) => Path.Combine(root.FullName, name);

long BytesOf(string name) => new FileInfo(PathOf(name)).Length;
