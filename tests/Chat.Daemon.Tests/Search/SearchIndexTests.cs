using System.Runtime.Versioning;
using Chat.Daemon.Search;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Tests.Search;

/// <summary>The index follows the database, forgets what is gone, and is made anew when it is lost, damaged or another's.</summary>
[TestClass]
public sealed class SearchIndexTests(TestContext context)
{
    [TestMethod]
    public async Task ATextThatIsGoneIsSoonInNoFile()
    {
        await using var users = await TestUsers.StartAsync();
        var ana = await users.EnterAsync("ana", Role.Member);
        string[] secrets = ["segredoum", "segredodois", "segredotres"];
        for (var i = 0; i < 300; i++) await ana.SendAsync(new ClientFrame.Message($"enchimento {i} {Guid.NewGuid()}", "geral"));
        var seqs = new List<long>();
        foreach (var secret in secrets) seqs.Add((await ana.SayAsync("geral", $"o {secret} é este")).Seq);
        await users.Daemon.IndexAsync();
        Assert.AreSequenceEqual(secrets, Found());

        await ana.AskAsync<DaemonFrame.Change>(new ClientFrame.Edit(seqs[0], "nada", "geral"));
        await ana.AskAsync<DaemonFrame.Change>(new ClientFrame.Delete(seqs[1], "geral"));
        await ana.AskAsync<DaemonFrame.Change>(new ClientFrame.Delete(seqs[2], "geral"));
        await Wait.UntilAsync(() => !Found().Any(), () => Task.Delay(200, context.CancellationToken));
        Assert.HasCount(300, await TextsAsync(ana, "enchimento"));

        IEnumerable<string> Found() => secrets.Where(secret => IsInFiles(users.Daemon, secret[..^2]));
    }

    [TestMethod]
    public async Task AKilledDaemonGoesOnWhereItWas()
    {
        await using var daemon = await ProcessDaemon.StartAsync(
            "--Chat:Admin:Password", TestDaemon.AdminPassword, "--Chat:History:Durability", "normal",
            "--Chat:Limits:MessagesPerSecond", "0");
        await using (var chefe = await LoginAsync(daemon.Port))
        {
            for (var i = 0; i < 500; i++) await chefe.SendAsync(new ClientFrame.Message($"número {i}", "geral"));
            await chefe.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
            await chefe.AskAsync<DaemonFrame.Change>(new ClientFrame.Edit(500, "alterada", "geral"));
        }
        daemon.Kill();
        await daemon.ExitAsync();
        await daemon.StartAgainAsync();

        await using var again = await LoginAsync(daemon.Port);
        await Wait.UntilAsync(
            async () => (await TextsAsync(again, "numero")).Count == 499 && (await TextsAsync(again, "alterada")).Count == 1,
            () => Task.Delay(50, context.CancellationToken));
    }

    [TestMethod]
    [DataRow("lost")]
    [DataRow("garbage")]
    [DataRow("of another database")]
    [DataRow("of another version")]
    [DataRow("ahead")]
    [DataRow("empty")]
    public async Task AnIndexThatDoesNotFitIsBuiltAnew(string how)
    {
        await using var users = await TestUsers.StartAsync();
        var ana = await users.EnterAsync("ana", Role.Member);
        for (var i = 0; i < 20; i++) await ana.SayAsync("geral", $"item {i}");
        await users.Daemon.IndexAsync();
        await users.Daemon.StopAsync();
        Spoil(Path.Combine(users.Daemon.Folder, "data", IndexFile.Name), how);

        await users.Daemon.StartAgainAsync();
        ana = await users.EnterAsync("ana", Role.Member);
        await ana.SayAsync("geral", "item novo");
        await users.Daemon.IndexAsync();
        Assert.HasCount(21, await TextsAsync(ana, "item"));
    }

    /// <summary>After a power loss the index may lack its last commits, when the list of changes is already without them.</summary>
    [TestMethod]
    public async Task AnIndexThatHasMissedChangesIsBuiltAnew()
    {
        await using var users = await TestUsers.StartAsync();
        var ana = await users.EnterAsync("ana", Role.Member);
        var seq = (await ana.SayAsync("geral", "antes")).Seq;
        await users.Daemon.IndexAsync();
        await users.Daemon.StopAsync();
        var path = Path.Combine(users.Daemon.Folder, "data", IndexFile.Name);
        File.Copy(path, path + ".before");
        await users.Daemon.StartAgainAsync();
        ana = await users.EnterAsync("ana", Role.Member);
        await ana.AskAsync<DaemonFrame.Change>(new ClientFrame.Edit(seq, "depois", "geral"));
        await users.Daemon.IndexAsync();
        var writer = users.Daemon.Get<SqliteWriter>();
        await Wait.UntilAsync(
            () => writer.WriteAsync(connection => Sql.Number(connection, "SELECT count(*) = 0 FROM unindexed") == 1),
            users.Daemon.IndexAsync);
        await users.Daemon.StopAsync();
        File.Move(path + ".before", path, overwrite: true);

        await users.Daemon.StartAgainAsync();
        ana = await users.EnterAsync("ana", Role.Member);
        await users.Daemon.IndexAsync();
        Assert.HasCount(1, await TextsAsync(ana, "depois"));
    }

    [TestMethod]
    public async Task AnIndexThatBreaksWhileItIsUsedIsBuiltAnew()
    {
        var log = new CapturedLog();
        await using var users = await TestUsers.StartAsync(log, null);
        var ana = await users.EnterAsync("ana", Role.Member);
        for (var i = 0; i < 50; i++) await ana.SayAsync("geral", $"item {i} {new string('x', 100)}{i}");
        await users.Daemon.IndexAsync();
        using (var other = new SqliteConnection($"Data Source={Path.Combine(users.Daemon.Folder, "data", IndexFile.Name)};Pooling=False"))
        {
            other.Open();
            Sql.Execute(other, "PRAGMA writable_schema = ON; UPDATE part_0_1_data SET block = x'00112233' WHERE id > 10");
        }
        await Wait.UntilAsync(
            async () => (await TextsAsync(ana, "item")).Count == 50,
            () => Task.Delay(50, context.CancellationToken));
        await log.LineAsync(line => line.Contains("Search works again", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task ADeletedFileIsBuiltAnewAtTheNextStart()
    {
        await using var users = await TestUsers.StartAsync();
        var ana = await users.EnterAsync("ana", Role.Member);
        await ana.SayAsync("geral", "antes");
        await users.Daemon.IndexAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(users.Daemon.Folder, "data"), "search.db*")) File.Delete(file);
        await ana.SayAsync("geral", "depois");
        await users.Daemon.RestartAsync();
        ana = await users.EnterAsync("ana", Role.Member);
        await users.Daemon.IndexAsync();
        Assert.HasCount(1, await TextsAsync(ana, "antes"));
        Assert.HasCount(1, await TextsAsync(ana, "depois"));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
    public async Task OnlyTheOwnerReadsTheFile()
    {
        await using var users = await TestUsers.StartAsync();
        await (await users.AdminAsync()).SayAsync("geral", "oi");
        await users.Daemon.IndexAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(users.Daemon.Folder, "data"), "search.db*"))
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file), file);
    }

    [TestMethod]
    public async Task ADaemonThatKeepsMessagesInMemoryKeepsNoIndex()
    {
        await using var users = await TestUsers.StartAsync();
        await (await users.AdminAsync()).SayAsync("geral", "segredoum");
        await users.Daemon.StopAsync();
        await using var other = await TestDaemon.StartAsync(
            ("Chat:Data:Folder", Path.Combine(users.Daemon.Folder, "data")), ("Chat:History:Durability", "none"));
        Assert.IsEmpty(Directory.GetFiles(Path.Combine(users.Daemon.Folder, "data"), "search.db*"));
    }

    [TestMethod]
    public async Task ADeletedRoomLeavesNothing()
    {
        await using var users = await TestUsers.StartAsync();
        var chefe = await users.AdminAsync();
        await chefe.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
        for (var i = 0; i < 250; i++) await chefe.SendAsync(new ClientFrame.Message($"segredoum {i}", "jogos"));
        await chefe.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        await users.Daemon.IndexAsync();
        await chefe.TypeAsync("/sala apagar jogos");
        Assert.AreEqual("A sala jogos foi apagada.", await chefe.TypeAsync("/sala apagar jogos"));
        Assert.IsEmpty(await TextsAsync(chefe, "segredoum"));
        await Wait.UntilAsync(
            async () =>
            {
                await users.Daemon.IndexAsync();
                return !IsInFiles(users.Daemon, "segredou");
            },
            () => Task.Delay(100, context.CancellationToken));
        var left = await users.Daemon.Get<SqliteWriter>().WriteAsync(c => Sql.Number(c, "SELECT count(*) FROM unindexed"));
        Assert.IsLessThan(250, left, "the list is trimmed");
    }

    private static void Spoil(string path, string how)
    {
        if (how == "lost")
        {
            File.Delete(path);
            return;
        }
        if (how is "garbage" or "empty")
        {
            File.WriteAllText(path, how == "empty" ? "" : new string('x', 10_000));
            return;
        }
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Sql.Execute(connection, how switch
        {
            "of another database" => "UPDATE progress SET numbering = x'00'",
            "of another version" => "PRAGMA user_version = 99",
            _ => "UPDATE progress SET message = 1000",
        });
    }

    private static bool IsInFiles(TestDaemon daemon, string text) =>
        StoredBytes.With(text, Path.Combine(daemon.Folder, "data")).Any();

    private static async Task<TestClient> LoginAsync(int port)
    {
        var client = await TestClient.ConnectAsync(port);
        await client.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: ["geral"]));
        return client;
    }

    private static async Task<List<string>> TextsAsync(TestClient client, string text)
    {
        var (texts, before, more) = (new List<string>(), (string?)null, true);
        while (more
            && await client.AskAsync<DaemonFrame>(new ClientFrame.Search(text, Before: before, Limit: 100)) is DaemonFrame.Found page)
        {
            texts.AddRange(page.Messages.Select(message => message.Text));
            (before, more) = (page.Before, page.More);
        }
        return texts;
    }
}
