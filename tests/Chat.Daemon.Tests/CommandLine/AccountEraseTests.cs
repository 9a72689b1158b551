using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary><c>chatd account erase</c>: no byte of the account's name is left, with <c>--messages</c> none of its texts either.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
public sealed partial class AccountEraseTests(TestContext context)
{
    private const string Name = "zenobiakx7", Secret = "qwxyz-marker-of-a-text";

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task NothingOfTheAccountIsLeftInTheFiles(bool isStopped)
    {
        using var log = new CapturedLog();
        await using var users = await TestUsers.StartAsync(log, null);
        await LeaveTracesAsync(users);
        if (isStopped) await users.Daemon.StopAsync();
        await File.WriteAllTextAsync(
            Path.Combine(users.Daemon.Folder, "data", "chat.db.schema-7"), "of an earlier version", context.CancellationToken);

        var (status, output, error) = await EraseAsync(users.Daemon, Name.ToUpperInvariant(), "--yes");

        Assert.AreEqual((0, ""), (status, error));
        var placeholder = Placeholder().Match(output).Value;
        var older = Path.Combine(users.Daemon.Folder, "data", "chat.db.schema-7");
        Assert.AreEqual($"So do these copies of the database: {older}", output.TrimEnd().Split('\n')[^1]);
        if (!isStopped) await log.LineAsync(line => line.Contains($"Account erased: {placeholder}"));
        AssertNowhereIn(users.Daemon, Name);
        if (isStopped) await users.Daemon.StartAgainAsync();
        await using var bia = await users.ConnectAsync("bia");
        var welcome = await bia.LoginAsync(new ClientFrame.Login("bia", TestUsers.Password, Rooms: ["geral"]));
        Assert.AreEqual(placeholder, welcome.Direct.Single().User);
        var direct = await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History(With: placeholder));
        CollectionAssert.AreEqual(
            new[] { (placeholder, "bia", Secret + " 2"), ("bia", placeholder, "answer") },
            direct.Messages.Select(m => (m.From, m.To!, m.Text)).ToList());
        var room = await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"));
        CollectionAssert.AreEqual(
            new[] { (placeholder, Secret + " 1"), ("bia", "to others") }, room.Messages.Select(m => (m.From, m.Text)).ToList());
        await AssertAuditAsync(users, placeholder);
    }

    [TestMethod]
    public async Task TheTextsGoToo()
    {
        using var log = new CapturedLog();
        await using var users = await TestUsers.StartAsync(log, null);
        await LeaveTracesAsync(users);

        var (status, _, error) = await EraseAsync(users.Daemon, Name, "--messages", "--yes");

        Assert.AreEqual((0, ""), (status, error));
        await log.LineAsync(line => line.Contains("Account erased: "));
        AssertNowhereIn(users.Daemon, Name);
        AssertNowhereIn(users.Daemon, Secret);
        await using var bia = await users.EnterAsync("bia", Role.Member);
        var room = await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"));
        CollectionAssert.AreEqual(
            new (string, bool?)[] { ("", true), ("to others", null) }, room.Messages.Select(m => (m.Text, m.Erased)).ToList());
    }

    [TestMethod]
    public async Task ConnectionsEndTokensDieAndTheNameIsFree()
    {
        using var log = new CapturedLog();
        await using var users = await TestUsers.StartAsync(log, null);
        await users.AccountAsync(Name, Role.Member);
        await using var client = await users.ConnectAsync(Name);
        var token = (await client.LoginAsync(new ClientFrame.Login(Name, TestUsers.Password, Rooms: ["geral"]))).Token;
        var echoes = Task.WhenAll(Enumerable.Range(0, 50).Select(i => client.SendAsync(new ClientFrame.Message($"fast {i}", "geral"))));
        await echoes;

        Assert.AreEqual(0, (await EraseAsync(users.Daemon, Name, "--yes")).Status);
        await using var other = await users.EnterAsync(Name); // a guest
        await other.SayAsync("geral", "another of that name");

        await client.ExpectAsync<DaemonFrame.Bye>(bye => bye.Reason == ByeReason.SessionEnded);
        Assert.AreEqual("bad_token", await users.TryLoginAsync(Name, token: token));
        await log.LineAsync(line => line.Contains("Account erased: "));
        var history = await other.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral", Limit: 100));
        Assert.AreEqual((Name, "another of that name"), (history.Messages[^1].From, history.Messages[^1].Text));
        Assert.DoesNotContain(message => message.From == Name, history.Messages.SkipLast(1));
        Assert.AreEqual("bad_name", await users.TryLoginAsync("deleted-17"));
        Assert.AreEqual("bad_name", await users.TryLoginAsync("de1eted-17"));
    }

    [TestMethod]
    public async Task AKilledDaemonGoesOnAtItsNextStart()
    {
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Admin:Password=" + TestDaemon.AdminPassword);
        await using (var zenobia = await TestClient.ConnectAsync(daemon.Port))
        {
            await zenobia.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Register(Name, TestUsers.Password));
            await zenobia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
            await zenobia.SayAsync("geral", Secret);
        }
        daemon.Terminate();
        await daemon.ExitAsync();
        Write(daemon, 3_000);
        await daemon.StartAgainAsync();

        Assert.AreEqual(0, (await EraseAsync(daemon.Folder, Name, "--messages", "--yes")).Status);
        daemon.Kill();
        await daemon.ExitAsync();
        Assert.IsGreaterThan(0, Count(daemon, "SELECT count(*) FROM messages WHERE sender = 'zenobiakx7'"), "too fast to be killed");
        await daemon.StartAgainAsync();

        await daemon.ErrorLineAsync(Erased());
        Assert.AreEqual(0, Count(daemon, "SELECT count(*) FROM messages WHERE sender = 'zenobiakx7' OR text <> ''"));
        Assert.AreEqual(0, Count(daemon, "SELECT count(*) FROM erasures"));
        AssertNowhereIn(Path.Combine(daemon.Folder, "data"), Name);
        AssertNowhereIn(Path.Combine(daemon.Folder, "data"), Secret);
    }

    [TestMethod]
    public async Task AnAccountWhoseReleaseFailsIsErasedLater()
    {
        using var log = new CapturedLog();
        await using var users = await TestUsers.StartAsync(log, null);
        await LeaveTracesAsync(users);
        var writer = users.Daemon.Get<SqliteWriter>();
        await writer.WriteAsync(connection => Sql.Execute(
            connection, "CREATE TRIGGER stop BEFORE UPDATE OF last_message ON erasures BEGIN SELECT RAISE(ABORT, 'stopped'); END"));

        Assert.AreEqual(0, (await EraseAsync(users.Daemon, Name, "--yes")).Status);

        await log.LineAsync(line => line.Contains("Cannot erase the rest of an account"));
        await writer.WriteAsync(connection => Sql.Execute(connection, "DROP TRIGGER stop"));
        await users.Daemon.StopAsync();
        await users.Daemon.StartAgainAsync();
        await log.LineAsync(line => line.Contains("Account erased: "));
        AssertNowhereIn(users.Daemon, Name);
    }

    [TestMethod]
    public async Task AnErasureThatOnlyLacksItsEndChangesNoRowOfOthers()
    {
        await using var users = await TestUsers.StartAsync();
        await using (var admin = await users.AdminAsync("en"))
        {
            await users.AccountAsync("bia", Role.Member);
            await admin.TypeAsync("/role bia moderator");
        }
        await users.Daemon.StopAsync();
        var database = Path.Combine(users.Daemon.Folder, "data", "chat.db");
        await using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            connection.Open();
            Sql.Execute(connection, "UPDATE audit SET arguments = json_set(arguments, '$.empty', '')");
            Sql.Execute(
                connection,
                "INSERT INTO erasures(account, name, name_key, created_at, texts, last_message) VALUES (99, '', '', 0, 0, 1000)");
        }

        Assert.AreEqual(0, (await EraseAsync(users.Daemon, "bia", "--yes")).Status);

        await using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            connection.Open();
            Assert.AreEqual(0, Sql.Number(connection, "SELECT count(*) FROM audit WHERE arguments LIKE '%deleted-99%'"));
            Assert.AreEqual(0, Sql.Number(connection, "SELECT count(*) FROM erasures"));
        }
        await users.Daemon.StartAgainAsync();
    }

    [TestMethod]
    public async Task AMessageLogInMemoryForgetsTheAccount()
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", "none"));
        await LeaveTracesAsync(users);

        Assert.AreEqual(0, (await EraseAsync(users.Daemon, Name, "--messages", "--yes")).Status);

        await using var bia = await users.EnterAsync("bia", Role.Member);
        var room = await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"));
        CollectionAssert.AreEqual(
            new (string, bool?)[] { ("", true), ("to others", null) }, room.Messages.Select(m => (m.Text, m.Erased)).ToList());
        Assert.AreNotEqual(Name, room.Messages[0].From);
    }

    [TestMethod]
    public async Task NothingIsErasedWithoutConfirmationOrByMistake()
    {
        await using var users = await TestUsers.StartAsync();
        await users.AccountAsync(Name, Role.Member);

        Assert.AreEqual(
            (2, "", "Nothing was erased: confirm with the account's name, or with --yes.\n"), await EraseAsync(users.Daemon, Name));
        Assert.AreEqual(
            (2, "", "admin is the last admin: make another account an admin first.\n"), await EraseAsync(users.Daemon, "admin", "--yes"));
        var (status, _, error) = await EraseAsync(users.Daemon, "nobody", "--yes");
        Assert.AreEqual(2, status);
        StringAssert.Contains(error, "has no account nobody");
        Assert.AreEqual("welcome", await users.TryLoginAsync(Name, TestUsers.Password));
        await users.Daemon.StopAsync();
        Assert.AreEqual(
            (2, "", "admin é o último administrador: antes, dê esse papel a outra conta.\n"),
            await ProgramInTest.RunAsync(
                ["account", "erase", "admin", "--yes", "--data", Path.Combine(users.Daemon.Folder, "data")], "pt-BR"));
        await users.Daemon.StartAgainAsync();
    }

    private static async Task LeaveTracesAsync(TestUsers users)
    {
        await using var admin = await users.AdminAsync("en");
        await users.AccountAsync(Name, Role.Moderator);
        await using var zenobia = await users.EnterAsync(Name, Role.Moderator, "en");
        await using var bia = await users.EnterAsync("bia", Role.Member, "en");
        await using var caio = await users.EnterAsync("caio", Role.Member, "en");
        await zenobia.SayAsync("geral", Secret + " 1");
        await bia.SayAsync("geral", "to others");
        await zenobia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message(Secret + " 2", To: "bia"));
        await bia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("answer", To: Name));
        await zenobia.TypeAsync("/private secret");
        await zenobia.TypeAsync("/block caio");
        await admin.TypeAsync($"/block {Name}");
        await zenobia.TypeAsync("/ban caio 1d spam");
        await zenobia.TypeAsync("/mute bia 10m loud");
        await admin.TypeAsync($"/mute {Name} 10m loud");
        await admin.TypeAsync($"/role @{Name.ToUpperInvariant()} admin");
        await admin.TypeAsync("/role bia moderator");
    }

    private async Task AssertAuditAsync(TestUsers users, string placeholder)
    {
        await using var admin = await users.AdminAsync("en");
        var audit = await admin.TypeAsync("/audit");
        context.WriteLine(audit);
        StringAssert.Contains(audit, placeholder);
        StringAssert.Contains(audit, "account erase");
        StringAssert.Contains(await admin.TypeAsync("/bans"), $"by {placeholder}: spam");
        StringAssert.Contains(await admin.TypeAsync("/mutes"), $"by {placeholder}: loud");
    }

    private static Task<(int Status, string Output, string Error)> EraseAsync(TestDaemon daemon, params string[] arguments) =>
        EraseAsync(daemon.Folder, arguments);

    private static Task<(int Status, string Output, string Error)> EraseAsync(string folder, params string[] arguments) =>
        ProgramInTest.RunAsync(["account", "erase", .. arguments, "--data", Path.Combine(folder, "data")]);

    private static void AssertNowhereIn(TestDaemon daemon, string text) => AssertNowhereIn(Path.Combine(daemon.Folder, "data"), text);

    private static void AssertNowhereIn(string folder, string text) => Assert.IsEmpty(StoredBytes.With(text, folder), text);

    private static void Write(ProcessDaemon daemon, int messages)
    {
        using var connection = Open(daemon);
        Sql.Execute(
            connection,
            $$"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {{messages}})
            INSERT INTO messages(conversation, seq, sender, at, text, session, client_id, erased)
                SELECT 99, i, '{{Name}}', (SELECT created_at FROM accounts WHERE name = '{{Name}}'), '{{Secret}} ' || i, 1, 'c' || i, 0
                FROM n
            """);
    }

    private static long Count(ProcessDaemon daemon, string sql)
    {
        using var connection = Open(daemon);
        return Sql.Number(connection, sql);
    }

    private static SqliteConnection Open(ProcessDaemon daemon)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(daemon.Folder, "data", "chat.db")};Pooling=False");
        connection.Open();
        Sql.Execute(connection, "PRAGMA secure_delete = ON"); // as the daemon's
        return connection;
    }

    [GeneratedRegex(@"deleted-\d+")]
    private static partial Regex Placeholder();

    [GeneratedRegex("Account erased: deleted-")]
    private static partial Regex Erased();
}
