using System.Diagnostics;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

// Measures the cost of storing client ids:
// dotnet run -c Release --project tests/benchmarks/HistoryBench -- [rows before]
const int Conversations = 100;
const int Sessions = 1000;
const int RowsPerAppend = 10; // 100 conversations with 10 rows each make a transaction of 1,000
const int Measured = 100_000;

var before = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 1_000_000;
(string Name, string Sql)[] layouts =
[
    ("no index", "DROP INDEX messages_by_client_id"),
    ("index by session", """
        DROP INDEX messages_by_client_id;
        CREATE INDEX by_session ON messages(session, conversation, seq) WHERE client_id IS NOT NULL;
        """),
    ("table, pruned", """
        DROP INDEX messages_by_client_id;
        CREATE TABLE ids(session INTEGER, conversation INTEGER, seq INTEGER, client_id TEXT,
            PRIMARY KEY(session, conversation, seq)) STRICT, WITHOUT ROWID;
        CREATE TRIGGER remember AFTER INSERT ON messages BEGIN
            INSERT INTO ids VALUES (new.session, new.conversation, new.seq, new.client_id);
        END;
        CREATE TRIGGER prune AFTER INSERT ON messages WHEN new.id % 128 = 0 BEGIN
            DELETE FROM ids WHERE session = new.session AND conversation = new.conversation AND seq <= (
                SELECT seq FROM ids WHERE session = new.session AND conversation = new.conversation ORDER BY seq DESC LIMIT 1 OFFSET 1000);
        END;
        """),
    ("index by slices", "SELECT 1"),
];

Console.WriteLine(
    $"{before:N0} rows, then {Measured:N0} in transactions of {Conversations * RowsPerAppend:N0}, " +
    $"{Conversations} conversations, {Sessions} sessions");
foreach (var (name, sql) in layouts)
{
    var root = Directory.CreateTempSubdirectory("history-bench-");
    using (var folder = StateFolder.Open(root.FullName))
    using (var metrics = new DaemonMetrics())
    await using (var database = ChatDatabase.Open(folder, Durability.Full, metrics, NullLogger<SqliteWriter>.Instance))
    {
        await database.Writer.WriteAsync(connection => Sql.Execute(connection, sql));
        var log = new DatabaseMessageLog(database.Writer, database.Readers);
        var random = new Random(1);
        await AppendAsync(log, random, 0, before);

        var (cpu, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await AppendAsync(log, random, before, Measured);
        var (took, used) = (Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - cpu);
        var read = name == "index by slices" ? $", reading a session's ids in a conversation {await ReadAsync(log):F2} ms" : "";
        Console.WriteLine($"{name,-16} {Measured / took.TotalSeconds,9:N0} rows/s, {used.TotalMilliseconds,6:N0} ms CPU{read}");
    }
    root.Delete(recursive: true);
}

static async Task AppendAsync(DatabaseMessageLog log, Random random, int from, int rows)
{
    var appends = new Task[Conversations];
    for (var seq = (from / Conversations) + 1; seq <= (from + rows) / Conversations; seq += RowsPerAppend)
    {
        for (var i = 0; i < Conversations; i++)
        {
            var messages = Enumerable.Range(seq, RowsPerAppend).Select(n => new LoggedMessage(
                n, "somebody", "a message of usual length, with a few words in it", 1_700_000_000_000 + n,
                random.Next(1, Sessions + 1), $"id-{n}"));
            appends[i] = log.AppendAsync(new ConversationId(i + 1), [.. messages]);
        }
        await Task.WhenAll(appends);
    }
}

static async Task<double> ReadAsync(DatabaseMessageLog log)
{
    const int Reads = 100;
    await log.RecentIdsAsync(new ConversationId(1), 1, 1000, CancellationToken.None);
    var started = Stopwatch.GetTimestamp();
    for (var session = 1; session <= Reads; session++)
        await log.RecentIdsAsync(new ConversationId(1), session, 1000, CancellationToken.None);
    return Stopwatch.GetElapsedTime(started).TotalMilliseconds / Reads;
}
