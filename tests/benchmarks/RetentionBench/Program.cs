using System.Diagnostics;
using System.Globalization;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Retention;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

// Measures how long messages wait while retention removes old ones, and what the file does. It deletes the rows of one conversation,
// rests as long as that took, and goes on, so that what else the machine does disturbs both alike:
// dotnet run -c Release --project tests/benchmarks/RetentionBench -- [old messages] [conversations] [characters of a text]
const int Sessions = 1_000;
var appendEvery = TimeSpan.FromMilliseconds(5);

int Argument(int place, int standard) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : standard;

var (old, conversations, characters) = (Argument(0, 1_000_000), Argument(1, 100), Argument(2, 50));
var root = Directory.CreateTempSubdirectory("retention-bench-");
using (var folder = StateFolder.Open(root.FullName))
using (var metrics = new DaemonMetrics())
{
    await using (var database = Open(folder, metrics)) await FillAsync(database);
    Console.WriteLine(
        $"{old:N0} old messages of {characters:N0} characters in {conversations:N0} conversations, {FileMegabytes():N0} MB; " +
        $"one message every {appendEvery.TotalMilliseconds} ms");
    await using (var database = Open(folder, metrics)) // with a cold cache
    {
        var log = new DatabaseMessageLog(database.Writer, database.Readers);
        var live = new ConversationId(conversations + 1);
        var seq = 0L;
        var isDeleting = false;
        var began = Stopwatch.GetTimestamp();
        var hidden = await log.PruneAsync(new RetentionRule(1, 0), DateTimeOffset.UtcNow, CancellationToken.None);
        Console.WriteLine($"{hidden:N0} messages hidden in {Stopwatch.GetElapsedTime(began).TotalSeconds:F2} s");
        var deleted = Task.Run(() => DeleteAsync(database));
        var (resting, deleting) = (new List<double>(), new List<double>());
        using var timer = new PeriodicTimer(appendEvery);
        while (!deleted.IsCompleted)
        {
            await timer.WaitForNextTickAsync();
            var (sent, waits) = (Stopwatch.GetTimestamp(), Volatile.Read(ref isDeleting) ? deleting : resting);
            await log.AppendAsync(live, [Message(++seq, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())]);
            waits.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }
        Report("while it rests", resting);
        Report("while it deletes", deleting);
        var (rows, took) = await deleted;
        Console.WriteLine($"{rows:N0} rows deleted in {took.TotalSeconds:F1} s, without the rests");

        async Task<(long Rows, TimeSpan Took)> DeleteAsync(ChatDatabase database)
        {
            var slices = new DeletionSlices(database, TimeProvider.System);
            var (total, took) = (0L, TimeSpan.Zero);
            for (var id = 1; id <= conversations; id++)
            {
                var (conversation, start) = (new ConversationId(id), Stopwatch.GetTimestamp());
                Volatile.Write(ref isDeleting, true);
                total += await slices.RunAsync(
                    (connection, rows) => MessageDeletion.Oldest(connection, conversation, long.MaxValue, long.MaxValue, rows),
                    CancellationToken.None);
                Volatile.Write(ref isDeleting, false);
                took += Stopwatch.GetElapsedTime(start);
                await Task.Delay(Stopwatch.GetElapsedTime(start));
            }
            return (total, took);
        }
    }
    var before = FileMegabytes();
    await using (var database = Open(folder, metrics)) await FillAsync(database, conversations + 2);
    Console.WriteLine($"the file: {before:N0} MB after the deletion, {FileMegabytes():N0} MB after as many new messages");
}
root.Delete(recursive: true);

ChatDatabase Open(StateFolder folder, DaemonMetrics metrics) =>
    ChatDatabase.Open(folder, Durability.Full, metrics, NullLogger<SqliteWriter>.Instance);

long FileMegabytes() => new FileInfo(Path.Combine(root.FullName, DatabaseFile.Name)).Length >> 20;

LoggedMessage Message(long seq, long atMs) =>
    new(seq, "somebody", new string('x', characters), atMs, 1 + (seq % Sessions), $"id-{seq}");

// Conversations take turns, as in a busy daemon, so that the rows of one are spread over the file.
async Task FillAsync(ChatDatabase database, int first = 1)
{
    const int RowsPerAppend = 10;
    await database.Writer.WriteAsync(connection =>
    {
        for (var id = first; id <= first + conversations; id++)
        {
            Sql.Execute(
                connection,
                "INSERT OR IGNORE INTO conversations(id, kind, name_key, name, created_at, creator) VALUES ($id, 'room', $n, $n, 0, '')",
                ("$id", id), ("$n", $"r{id}"));
        }
        return 0;
    });
    var log = new DatabaseMessageLog(database.Writer, database.Readers);
    for (var seq = 1L; seq <= old / conversations; seq += RowsPerAppend)
        await Task.WhenAll(Enumerable.Range(first, conversations).Select(id => log.AppendAsync(
            new ConversationId(id), [.. Enumerable.Range(0, RowsPerAppend).Select(i => Message(seq + i, 1_700_000_000_000 + seq))])));
}

void Report(string when, List<double> waits)
{
    waits.Sort();
    double At(double part) => waits[(int)((waits.Count - 1) * part)];
    Console.WriteLine(
        $"{when}: {waits.Count:N0} messages waited p50 {At(0.5):F2}, p99 {At(0.99):F2}, p99.9 {At(0.999):F2}, most {waits[^1]:F2} ms; "
        + $"{waits.Count(w => w >= 50)} of them 50 ms or longer");
}
