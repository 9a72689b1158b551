using System.Diagnostics;
using System.Globalization;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Sqlite;
using Chat.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

// Measures what a change costs the log beside a message:
// dotnet run -c Release --project tests/benchmarks/ChangeBench -- [messages]
const int Conversations = 100;
const int EntriesPerAppend = 10; // 100 conversations with 10 entries each make a transaction of 1,000
const long Start = 1_700_000_000_000;

var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
var root = Directory.CreateTempSubdirectory("change-bench-");
using (var folder = StateFolder.Open(root.FullName))
using (var metrics = new DaemonMetrics())
await using (var database = ChatDatabase.Open(folder, Durability.Full, metrics, NullLogger<SqliteWriter>.Instance))
{
    await database.Writer.WriteAsync(connection =>
    {
        for (var room = 1; room <= Conversations; room++)
        {
            Sql.Execute(
                connection, "INSERT INTO conversations(kind, created_at, creator, name, name_key) VALUES ('room', 0, 'g1', $name, $name)",
                ("$name", $"room{room}"));
        }
        return true;
    });
    var log = new DatabaseMessageLog(database.Writer, database.Readers);
    Console.WriteLine(
        $"{count:N0} of each in transactions of {Conversations * EntriesPerAppend:N0}, {Conversations} conversations, "
        + "texts of 50 characters");
    await MeasureAsync("message", Message);
    await MeasureAsync("message again", number => Message(number + count));
    await MeasureAsync("reaction", number => Change(ChangeKind.React, number) with { Emoji = "👍" });
    await MeasureAsync("taken back", number => Change(ChangeKind.Unreact, number) with { Emoji = "👍" });
    await MeasureAsync("edit", number => Change(ChangeKind.Edit, number) with { Text = TextOf(number + 1) });
    await MeasureAsync("deletion", number => Change(ChangeKind.Delete, number));

    async Task MeasureAsync(string name, Func<int, LogEntry> make)
    {
        var (rows, bytes) = (await RowsAsync(), BytesOf(root));
        var (cpu, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var appends = new Task[Conversations];
        for (var first = 0; first < count / Conversations; first += EntriesPerAppend)
        {
            for (var i = 0; i < Conversations; i++)
            {
                var entries = Enumerable.Range(first, EntriesPerAppend).Select(number => make(number * Conversations));
                appends[i] = log.AppendAsync(new ConversationId(i + 1), [.. entries]);
            }
            await Task.WhenAll(appends);
        }
        var (took, used) = (Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - cpu);
        Console.WriteLine(
            $"{name,-14} {count / took.TotalSeconds,9:N0}/s, {used.TotalMicroseconds / count,6:N1} µs CPU, "
            + $"{(await RowsAsync() - rows) / (double)count,5:N2} rows and {(BytesOf(root) - bytes) / (double)count,4:N0} bytes more each");
    }

    ValueTask<long> RowsAsync() => database.Readers.ReadAsync(
        reader => "messages changes reactions reaction_counts mentions unindexed".Split(' ')
            .Sum(table => reader.Number($"SELECT count(*) FROM {table}")),
        CancellationToken.None);
}
root.Delete(recursive: true);

static LoggedMessage Message(int number) => new(
    (number / Conversations) + 1, "somebody", TextOf(number), Start + number, 1 + (number % 1_000), $"id-{number}")
{ Identity = "a1" };

static LoggedChange Change(string kind, int number) => new(
    kind, (number / Conversations) + 1, "somebody", "a1", Start + number, 1 + (number % 1_000), $"{kind}-{number}");

static string TextOf(int number) => $"a message of usual length, with a few words {number,6}";

static long BytesOf(DirectoryInfo root) => new FileInfo(Path.Combine(root.FullName, DatabaseFile.Name)).Length;
