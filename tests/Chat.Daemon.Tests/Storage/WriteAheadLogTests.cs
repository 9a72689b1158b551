using System.Diagnostics;
using Chat.Daemon.Configuration;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Tests.Commands;
using Chat.TestKit;
using Chat.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.Tests.Storage;

/// <summary>Another program reads the database and keeps the write-ahead log from being moved into it.</summary>
[TestClass]
public sealed class WriteAheadLogTests
{
    private const int TooLong = 64 << 20;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task ASnapshotHeldElsewhereDelaysNoCommitAndIsReported()
    {
        var log = new CapturedLog();
        await using var daemon = await TestDaemon.StartAsync(log, null);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using (Snapshot(daemon))
        {
            await GrowAsync(daemon);
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < 5; i++) await ana.SayAsync("geral", "oi");
            Assert.IsLessThan(TimeSpan.FromSeconds(5), watch.Elapsed, "The commits waited for the snapshot.");
            await log.LineAsync(line => line.Contains("Write-ahead log is ", StringComparison.Ordinal));
            Assert.AreEqual("""200 {"status":"ok","warnings":["write_ahead_log"]}""", await HealthAsync(daemon));
        }
        await log.LineAsync(line => line.Contains("Write-ahead log is short again", StringComparison.Ordinal));
        Assert.AreEqual("""200 {"status":"ok"}""", await HealthAsync(daemon));
        Assert.IsLessThan(TooLong, LogBytes(daemon));
    }

    [TestMethod]
    public async Task AnEndWithASnapshotHeldElsewhereIsQuickAndSaysThatTheLogStays()
    {
        var log = new CapturedLog();
        await using var daemon = await TestDaemon.StartAsync(log, null);
        await using (Snapshot(daemon))
        {
            await using (var ana = await daemon.GuestAsync("ana", "geral")) await ana.SayAsync("geral", "oi");
            var watch = Stopwatch.StartNew();
            await daemon.StopAsync();
            Assert.IsLessThan(TimeSpan.FromSeconds(4), watch.Elapsed, "The end waited for the snapshot.");
            await log.LineAsync(line => line.Contains("chat.db-wal", StringComparison.Ordinal));
        }
        await daemon.StartAgainAsync();
        await using var bia = await daemon.GuestAsync("bia", "geral");
        Assert.AreEqual(2, (await bia.SayAsync("geral", "oi")).Seq);
    }

    [TestMethod]
    public void AReaderThatPreventsForgettingIsAskedAgainFiveSecondsLater()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Data);
        File.Create(folder.Database).Dispose();
        using var writer = new DatabaseFile(folder.Database, Durability.Normal).OpenWriter();
        Sql.Execute(writer, "PRAGMA journal_mode = WAL; CREATE TABLE messages(text)");
        var time = new TestTime();
        var log = new WriteAheadLog(folder.Database + "-wal", time, NullLogger.Instance);
        log.RemovesTexts();
        time.Advance(TimeSpan.FromSeconds(5));
        using (Snapshot(folder.Database)) log.Shorten(writer);
        log.Shorten(writer);
        Assert.IsTrue(log.HoldsRemoved, "Each commit tries again.");

        time.Advance(TimeSpan.FromSeconds(5));
        log.Shorten(writer);
        Assert.IsFalse(log.HoldsRemoved);
        Assert.AreEqual(0, log.Bytes);
    }

    private static SqliteConnection Snapshot(TestDaemon daemon) => Snapshot(DatabaseOf(daemon));

    private static SqliteConnection Snapshot(string database)
    {
        var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        Sql.Execute(connection, "BEGIN");
        Sql.Number(connection, "SELECT count(*) FROM messages");
        return connection;
    }

    private static async Task GrowAsync(TestDaemon daemon)
    {
        var text = new string('x', 16_000);
        for (var seq = 1; LogBytes(daemon) <= TooLong; seq += 250)
        {
            await daemon.Get<SqliteWriter>().AppendAsync(
                new(1_000), [.. Enumerable.Range(seq, 250).Select(i => new LoggedMessage(i, "ana", text, 1, 7))]).WaitAsync(Wait.Limit);
        }
    }

    private static string DatabaseOf(TestDaemon daemon) => Path.Combine(daemon.Folder, "data", "chat.db");

    private static long LogBytes(TestDaemon daemon) => new FileInfo(DatabaseOf(daemon) + "-wal").Length;

    private async Task<string> HealthAsync(TestDaemon daemon)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{daemon.HttpPort}/health"), TestContext.CancellationToken);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.CancellationToken)}";
    }
}
