using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>The record of audited invocations, as <c>/auditoria</c> shows it.</summary>
[TestClass]
public sealed class AuditTests
{
    [TestMethod]
    [DataRow("/conta criar dora correct horse battery", "nome=\"dora\"", "correct horse battery")]
    [DataRow("/conta criar dora --papel moderador correct horse battery", "nome=\"dora\" papel=\"moderador\"", "correct horse battery")]
    public async Task NoWordOfAPasswordIsAudited(string line, string arguments, string password)
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        await admin.ReplyAsync(line);
        Assert.EndsWith($"/conta criar {arguments} → ok", await admin.TypeAsync("/auditoria"));
        Assert.AreEqual("welcome", await users.TryLoginAsync("dora", password));

        var dora = await users.ConnectAsync("dora");
        await dora.LoginAsync(new ClientFrame.Login("dora", password, Rooms: ["geral"]));
        Assert.AreEqual("wrong_password", await dora.TypeAsync("/senha correct horse battery staple"));
        Assert.EndsWith("/senha → wrong_password", (await admin.TypeAsync("/auditoria --quantos 1")).Split('\n')[0]);
        Assert.AreEqual("Senha trocada.", await dora.TypeAsync($"/senha \"{password}\" staple of horses"));
        Assert.AreEqual("welcome", await users.TryLoginAsync("dora", "staple of horses"));
    }

    [TestMethod]
    public async Task ClientsLearnWhichParametersAreSecret()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        var commands = (await admin.AskAsync<DaemonFrame.Commands>(new ClientFrame.Commands())).Entries;
        var parameters = commands.Single(c => c.Name == "conta criar").Parameters;
        Assert.AreEqual("senha", parameters.Single(p => p.Secret == true).Name);
    }

    [TestMethod]
    public async Task TheNewestCommandsComeFirst()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync("en");
        var moderator = await users.EnterAsync("Érico", Role.Moderator);
        await moderator.RefusalAsync("/kick admin porque \"sim\"");
        await admin.ReplyAsync("/account create bia --role member uma senha secreta");
        await admin.ReplyAsync("/papel bia moderador");

        var all = await admin.ReplyAsync("/audit");
        var lines = all.Text.Split('\n');
        Assert.HasCount(3, lines);
        Assert.MatchesRegex(
            @"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ admin \(geral\) /papel usuário=""bia"" papel=""moderador"" → ok$", lines[0]);
        Assert.EndsWith("/conta criar nome=\"bia\" papel=\"member\" → ok", lines[1]);
        Assert.EndsWith("Érico (geral) /kick usuário=\"admin\" motivo=\"porque \\\"sim\\\"\" → forbidden", lines[2]);
        var first = all.Data!.Value[0];
        string?[] columns =
        [
            .. new[] { "command", "caller", "place", "outcome" }.Select(n => first.GetProperty(n).GetString()),
            first.GetProperty("arguments").GetProperty("usuário").GetString(),
        ];
        Assert.AreEqual("papel,admin,geral,ok,bia", string.Join(',', columns));
        Assert.AreEqual(10, first.GetProperty("invocation").GetString()!.Length);

        Assert.AreEqual(lines[1], await admin.TypeAsync("/audit --command \"/Account Create\""));
        Assert.AreEqual(lines[1], await admin.TypeAsync("/audit ADMIN --count 1 --command \"conta criar\""));
        Assert.AreEqual(lines[2], await admin.TypeAsync("/auditoria @érico"));
        Assert.AreEqual("No entries found.", await admin.TypeAsync("/audit ninguem"));
        Assert.AreEqual("bad_arguments", await admin.TypeAsync("/audit --count 201"));
        Assert.AreEqual("forbidden", await moderator.TypeAsync("/auditoria"));
    }

    [TestMethod]
    public async Task UntrustedTextStaysOnItsLine()
    {
        await using var users = await TestUsers.StartAsync();
        var (admin, moderator) = (await users.AdminAsync(), await users.EnterAsync("mo", Role.Moderator));
        await moderator.RefusalAsync("/kick admin a\n2026-01-01 00:00:00Z admin /papel \u202Emo\u2028\U000E0041\\");
        var text = await admin.TypeAsync("/auditoria mo");
        Assert.EndsWith("""motivo="a\u{A}2026-01-01 00:00:00Z admin /papel \u{202E}mo\u{2028}\u{E0041}\\" → forbidden""", text);
        Assert.DoesNotContain('\n', text);
    }

    [TestMethod]
    public async Task TheAnswerIsLimited()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync("en");
        var trail = users.Daemon.Get<AuditStore>();
        var text = string.Concat(Enumerable.Repeat("\U0001F600\u0001", 4_000));
        foreach (var number in Enumerable.Range(0, 250))
        {
            var arguments = new Dictionary<string, string> { ["text"] = text, ["number"] = $"{number}" };
            await trail.RecordAsync(
                new(DateTimeOffset.UnixEpoch, "1234567890", "a9", "zoe", "gone", "old", null, arguments, "ok", TimeSpan.Zero));
        }
        var answer = await admin.ReplyAsync("/audit zoe --count 200");
        var shown = answer.Data!.Value.GetArrayLength();
        Assert.IsInRange(1, 199, shown);
        Assert.EndsWith($"\n… and {200 - shown} more.", answer.Text);
        Assert.AreEqual("249", answer.Data!.Value[0].GetProperty("arguments").GetProperty("number").GetString());
    }

    [TestMethod]
    [DataRow(30, 800)]
    [DataRow(0, 1600)]
    public async Task EntriesExpireAfterTheConfiguredDays(int days, int left)
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:AuditDays", $"{days}"));
        var trail = users.Daemon.Get<AuditStore>();
        foreach (var age in (int[])[29, 31])
        {
            var entry = new AuditEntry(
                DateTimeOffset.UtcNow.AddDays(-age), "1", "a9", $"zoe{age}", "gone", "old", null, new Dictionary<string, string>(), "ok",
                TimeSpan.Zero);
            await Task.WhenAll(Enumerable.Range(0, 800).Select(_ => trail.RecordAsync(entry).AsTask()));
        }
        await users.Daemon.RestartAsync();
        var admin = await users.AdminAsync("en");
        while (await LeftAsync(users) > left) await admin.SettleAsync();
        Assert.AreEqual(left, await LeftAsync(users));
        Assert.AreEqual(days == 0, await admin.TypeAsync("/audit zoe31") != "No entries found.");
        Assert.AreNotEqual("No entries found.", await admin.TypeAsync("/audit zoe29"));
    }

    [TestMethod]
    public async Task EveryQueryUsesAnIndex()
    {
        await using var users = await TestUsers.StartAsync();
        var writer = users.Daemon.Get<SqliteWriter>();
        (string, string)[] cases = [("caller = 'x' COLLATE NOCASE", "audit_by_caller"), ("command = 'x'", "audit_by_command")];
        foreach (var (condition, index) in cases)
        {
            var query = $"EXPLAIN QUERY PLAN SELECT * FROM audit WHERE true AND {condition} ORDER BY id DESC LIMIT 20";
            var plan = await writer.WriteAsync(connection => Sql.Rows(connection, query, row => row.GetString(3)));
            Assert.Contains(index, plan.Single());
        }
    }

    private static Task<long> LeftAsync(TestUsers users) =>
        users.Daemon.Get<SqliteWriter>()
            .WriteAsync(connection => Sql.Number(connection, "SELECT count(*) FROM audit WHERE caller LIKE 'zoe%'"));
}
