using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Chat.Daemon.Accounts;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Storage.Stores;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.CommandLine;

/// <summary><c>chatd account export</c>: everything that the database keeps about one account, and nothing secret.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows), UnsupportedOSPlatform("windows")]
public sealed class AccountExportTests(TestContext context)
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task AnExportHoldsEverythingAboutTheAccountAndNothingOfOthers(bool isOnServer)
    {
        var database = isOnServer ? await TestServer.NewSchemaAsync() : "";
        await using var users = await TestUsers.StartAsync(("Chat:Database", database));
        using var folder = new ScratchFolder();
        var guest = await users.EnterAsync("ana");
        await guest.SayAsync("geral", "a guest of that name");
        await guest.SendAsync(new ClientFrame.Logout());
        await guest.Closed.WaitAsync(Wait.Limit, context.CancellationToken);
        await LeaveTracesAsync(users);

        var (status, output, error) = await ExportAsync(users.Daemon, "ANA", folder["ana.jsonl"]);

        Assert.AreEqual((0, ""), (status, error));
        StringAssert.StartsWith(output, $"Exported ANA to {folder["ana.jsonl"]} (");
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["ana.jsonl"]));
        var lines = Lines(folder["ana.jsonl"]);
        AssertComplete(lines);
        var text = await File.ReadAllTextAsync(folder["ana.jsonl"], context.CancellationToken);
        foreach (var secret in new[] { "argon2", "token", "hash", TestUsers.Password, "a guest of that name", "to others" })
            Assert.DoesNotContain(secret, text);

        await users.Daemon.StopAsync();
        (status, _, error) = await ExportAsync(users.Daemon, "ana", folder["stopped.jsonl"], $"--Chat:Database={database}");
        Assert.AreEqual((0, ""), (status, error));
        AssertComplete(Lines(folder["stopped.jsonl"]));
        await users.Daemon.StartAgainAsync();
    }

    [TestMethod]
    public async Task AnExportIsAuditedAndRefusesWhatItCannotDo()
    {
        await using var users = await TestUsers.StartAsync();
        using var folder = new ScratchFolder();
        await using var admin = await users.AdminAsync();
        await users.AccountAsync("ana", Role.Member);

        Assert.AreEqual(0, (await ExportAsync(users.Daemon, "ana", folder["ana.jsonl"])).Status);
        StringAssert.Contains(await admin.TypeAsync("/auditoria"), "account export");
        Assert.AreEqual(
            (2, "", $"{folder["ana.jsonl"]} exists already: choose another file.\n"),
            await ExportAsync(users.Daemon, "ana", folder["ana.jsonl"]));
        var (status, _, error) = await ExportAsync(users.Daemon, "bia", folder["bia.jsonl"]);
        Assert.AreEqual(2, status);
        StringAssert.Contains(error, "has no account bia");
        Assert.ContainsSingle(Directory.GetFiles(folder.Path), "nothing is left of an export that failed");
        Assert.AreEqual(
            (2, "", "A user name and a file are required: chatd account export NAME FILE\n"),
            await ProgramInTest.RunAsync(["account", "export", "ana"]));
    }

    [TestMethod]
    public async Task AnExportOfManyMessagesIsReadInSlicesWhileOthersWrite()
    {
        await using var users = await TestUsers.StartAsync();
        using var folder = new ScratchFolder();
        await users.AccountAsync("ana", Role.Member);
        await using var bia = await users.EnterAsync("bia");
        const int count = 5_000; // five slices
        await users.Daemon.Get<SqliteWriter>().WriteAsync(connection => Sql.Execute(
            connection,
            $$"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {{count}})
            INSERT INTO messages(conversation, seq, sender, at, text, session, erased)
                SELECT 99, i, iif(i % 2, 'ana', 'caio'), (SELECT created_at FROM accounts WHERE name = 'ana'), 'text ' || i, 1, 0 FROM n
            """));

        var exporting = ExportAsync(users.Daemon, "ana", folder["ana.jsonl"]);
        while (!exporting.IsCompleted) await bia.SayAsync("geral", "meanwhile");

        Assert.AreEqual((0, ""), ((await exporting).Status, (await exporting).Error));
        Assert.HasCount(count / 2, Lines(folder["ana.jsonl"]).Where(line => (string?)line["type"] == "messages"));
    }

    private static async Task LeaveTracesAsync(TestUsers users)
    {
        await using var admin = await users.AdminAsync("en");
        await users.AccountAsync("ana", Role.Moderator);
        await using var ana = await users.EnterAsync("ana", Role.Moderator, "en");
        await using var bia = await users.EnterAsync("bia", Role.Member, "en");
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("olá a todos 👋", "geral") { Id = "z" });
        await bia.SayAsync("geral", "to others");
        await bia.SayAsync("geral", "to others: @Ana");
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("só para você", To: "bia") { Id = "b" });
        await bia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("de volta", To: "ana"));
        await Wait.UntilAsync(
            async () => await users.Daemon.Get<DatabaseReaders>().ReadAsync(
                reader => reader.Number("SELECT count(*) FROM direct_marks"), CancellationToken.None) == 2, // once a second
            () => Task.Delay(20));
        await ana.TypeAsync("/private secret");
        await ana.TypeAsync("/block bia");
        await bia.TypeAsync("/block ana"); // which is none of ana's business
        await ana.TypeAsync("/ban bia 1d spam");
        await admin.TypeAsync("/mute ana 10m loud");
        await admin.TypeAsync("/role @ANA admin");
        await users.Daemon.Get<PluginValueStore>().SetAsync("probe", $"score:{IdentityOf(users)}", "17", null);
    }

    private static string IdentityOf(TestUsers users) =>
        AccountKey.FindAsync(users.Daemon.Get<DatabaseReaders>(), "ana", CancellationToken.None)
            .AsTask().GetAwaiter().GetResult()!.Identity;

    private static void AssertComplete(List<JsonNode> lines)
    {
        Assert.AreEqual(("export", 1, "ana"), ((string?)lines[0]["type"], (int?)lines[0]["format"], (string?)lines[0]["account"]));
        Assert.AreEqual(("end", lines.Count - 2), ((string?)lines[^1]["type"], (int?)lines[^1]["rows"]));
        var types = lines.Skip(1).SkipLast(1).Select(line => (string)line["type"]!).Distinct().ToList();
        string[] expected =
        [
            "accounts", "sessions", "known_networks", "bans", "mutes", "conversations", "blocks", "audit", "plugin_values",
            "messages", "room_list", "direct_marks", "mentions",
        ];
        CollectionAssert.AreEqual(expected, types, string.Join(", ", types));
        Assert.HasCount(1, lines.Where(line => (string?)line["type"] == "blocks"));
        var messages = lines.Where(line => (string?)line["type"] == "messages").ToList();
        CollectionAssert.AreEqual(
            new (string?, string?, string?)[]
            {
                ("geral", null, "olá a todos 👋"), (null, "bia", "só para você"), (null, "bia", "de volta"),
            },
            messages.ConvertAll(line => ((string?)line["room"], (string?)line["with"], (string?)line["text"])));
        StringAssert.Matches((string?)messages[0]["at"], new(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
        var audited = lines.Where(line => (string?)line["type"] == "audit").Select(line => (string?)line["command"]).Order();
        CollectionAssert.AreEqual(new[] { "account export", "ban", "mute", "papel" }, audited.ToList(), string.Join(", ", audited));
        Assert.IsTrue(lines.Any(line => (string?)line["room"] == "secret" && (bool?)line["owner"] == true));
    }

    private static Task<(int Status, string Output, string Error)> ExportAsync(
        TestDaemon daemon, string account, string file, params string[] options) =>
        ProgramInTest.RunAsync(["account", "export", account, file, "--data", Path.Combine(daemon.Folder, "data"), .. options]);

    private static List<JsonNode> Lines(string file) => [.. File.ReadLines(file).Select(line => JsonNode.Parse(line)!)];
}
