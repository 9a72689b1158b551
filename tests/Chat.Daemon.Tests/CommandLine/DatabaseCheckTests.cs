using System.Security.Cryptography;
using Chat.Daemon.CommandLine.Checks;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Search;
using Chat.Daemon.Storage;
using Chat.TestKit;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary><c>check --data</c>: finds damage, and leaves every byte and name in the data folder as it was.</summary>
[TestClass]
public sealed class DatabaseCheckTests
{
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task AfterAKilledDaemonNothingChanges()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await KillWithLogAsync(daemon, 50);
        var data = Path.Combine(daemon.Folder, "data");
        var before = Contents(data);

        Assert.IsNull(Problem(data));
        AssertSame(before, Contents(data));
        File.Delete(Path.Combine(data, "chat.db-shm")); // as in a copy
        File.Delete(Path.Combine(data, "chatd.lock"));
        before = Contents(data);
        Assert.IsNull(Problem(data));
        AssertSame(before, Contents(data));
    }

    [TestMethod]
    public async Task AfterACleanEndNothingChanges()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.StopAsync();
        var data = Path.Combine(daemon.Folder, "data");
        var before = Contents(data);
        Assert.IsNull(Problem(data));
        AssertSame(before, Contents(data));
    }

    /// <summary>Damage that only a look into the log finds.</summary>
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("UPDATE messages SET at = -5 WHERE seq = 2", "messages row conversation 1, seq 2, identity g1: at is no time")]
    [DataRow("DELETE FROM messages WHERE seq = 2", "messages row conversation 1, seq 3: 1 numbers before it are missing")]
    [DataRow("UPDATE accounts SET password = 'x'", "accounts row id 1: password is no hash of this version")]
    [DataRow("UPDATE accounts SET role = 9", "accounts row id 1: role is no role")]
    [DataRow("UPDATE sessions SET name = ' '", "sessions row id 1: name is no valid name")]
    [DataRow("INSERT INTO audit VALUES (NULL, 1, '', '', '', '', '', NULL, '{', '', 0)", "audit row id 1: ")]
    public async Task DamagedRowsAreNamed(string damage, string named)
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Admin:Password", "a-long-password");
        await SayAsync(daemon, 3);
        daemon.Kill();
        await daemon.ExitAsync();
        var data = Path.Combine(daemon.Folder, "data");
        Assert.IsNull(Problem(data));
        using (var held = Open(data, ""))
        {
            Sql.Execute(held, "PRAGMA wal_autocheckpoint = 0");
            Sql.Execute(held, damage);
            var problem = Problem(data);
            Assert.IsNotNull(problem, "The other program should be in the way.");
        }
        var found = Problem(data);
        StringAssert.Contains(found, $"is damaged ({named}");
        StringAssert.EndsWith(found, ": restore a backup.");
    }

    [TestMethod]
    public async Task DamagedPagesAreFoundByTheCheckAndByAStart()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using (var ana = await daemon.GuestAsync("ana", "geral"))
            for (var i = 0; i < 20; i++) await ana.SayAsync("geral", new string('x', 4000));
        await daemon.StopAsync();
        var data = Path.Combine(daemon.Folder, "data");
        using (var connection = Open(data, ""))
        {
            var page = Sql.Number(connection, "SELECT rootpage FROM sqlite_schema WHERE name = 'messages'");
            connection.Close();
            await using var file = File.OpenWrite(Path.Combine(data, "chat.db"));
            file.Position = ((page - 1) * 4096) + 3; // the number of its cells
            file.Write([0x7f, 0xff]);
        }
        var before = Contents(data);
        StringAssert.Contains(Problem(data), "is damaged (");
        AssertSame(before, Contents(data));
        var failure = await Assert.ThrowsExactlyAsync<DatabaseUnusableException>(daemon.StartAgainAsync);
        Assert.AreEqual(ExitStatus.DatabaseUnusable, failure.Status);
        StringAssert.Contains(failure.Message, "is damaged (messages: ");
        CollectionAssert.AreEqual(before["chat.db"], Contents(data)["chat.db"]);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow(true, "missing")]
    [DataRow(false, "empty")]
    public async Task ALogWithoutItsDatabaseIsAnErrorAndStays(bool isMissing, string state)
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await KillWithLogAsync(daemon, 3);
        var data = Path.Combine(daemon.Folder, "data");
        if (isMissing) File.Delete(Path.Combine(data, "chat.db"));
        else await File.WriteAllBytesAsync(Path.Combine(data, "chat.db"), [], CancellationToken.None);
        var before = Contents(data);

        var expected = $"The database {data}/chat.db is {state}, but its write-ahead log {data}/chat.db-wal is there: put the database "
            + "that belongs to it back, or move the log away and restore a backup.";
        Assert.AreEqual(expected, Problem(data));
        using var folder = new ScratchFolder();
        var run = await ChatdProcess.RunAsync(folder.Path, ["--listen", "127.0.0.1:0", "--http", "off", "--data", data]);
        Assert.AreEqual((4, "", expected + "\n"), run);
        AssertSame(before, Contents(data));
    }

    [TestMethod]
    [DataRow("a page")]
    [DataRow("everything")]
    public async Task ADamagedSearchIndexIsNamedAndStays(string damage)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using (var ana = await daemon.GuestAsync("ana", "geral"))
            for (var i = 0; i < 100; i++) await ana.SayAsync("geral", $"{Guid.NewGuid()} {Guid.NewGuid()}");
        await daemon.IndexAsync();
        await daemon.StopAsync();
        var data = Path.Combine(daemon.Folder, "data");
        Assert.IsNull(Problem(data));
        var path = Path.Combine(data, IndexFile.Name);
        var bytes = await File.ReadAllBytesAsync(path, CancellationToken.None);
        bytes.AsSpan(damage == "a page" ? 8_192 : 0, damage == "a page" ? 4_096 : bytes.Length).Fill(0xEE);
        await File.WriteAllBytesAsync(path, bytes, CancellationToken.None);
        var before = Contents(data);

        var problem = Problem(data);
        StringAssert.StartsWith(problem, $"The search index {path} is damaged (");
        StringAssert.EndsWith(problem, "delete it while the daemon is stopped, and the next start builds another.");
        AssertSame(before, Contents(data));
    }

    private static string? Problem(string data) => DatabaseCheck.Problem(data, "en");

    /// <summary>
    /// Kills the daemon while messages are in the log alone. It empties the log once, five seconds after its start: on a slow machine that
    /// may come after the last message, and the next start is another chance.
    /// </summary>
    private static async Task KillWithLogAsync(ProcessDaemon daemon, int messages)
    {
        var log = new FileInfo(Path.Combine(daemon.Folder, "data", "chat.db-wal"));
        while (true)
        {
            await SayAsync(daemon, messages);
            daemon.Kill();
            await daemon.ExitAsync();
            log.Refresh();
            if (log.Length > 0) return;
            await daemon.StartAgainAsync();
        }
    }

    private static async Task SayAsync(ProcessDaemon daemon, int messages)
    {
        await using var ana = await TestClient.ConnectAsync(daemon.Port);
        await ana.LoginAsync("ana", "geral");
        for (var i = 0; i < messages; i++) await ana.SayAsync("geral", "oi");
    }

    private static SqliteConnection Open(string data, string parameters)
    {
        var connection = new SqliteConnection($"Data Source=file:{data}/chat.db?{parameters};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Of all files; a socket has no contents.</summary>
    private static SortedDictionary<string, byte[]> Contents(string folder) => new(
        Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Where(path => File.Exists(path) && !path.EndsWith(".sock", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllBytes),
        StringComparer.Ordinal);

    private static void AssertSame(SortedDictionary<string, byte[]> before, SortedDictionary<string, byte[]> after) =>
        CollectionAssert.AreEqual(Described(before), Described(after));

    private static List<string> Described(SortedDictionary<string, byte[]> contents) =>
        [.. contents.Select(file => $"{file.Key} {file.Value.Length} {Convert.ToHexString(SHA256.HashData(file.Value))}")];
}
