using System.Text.Json;
using Chat.Daemon.Diagnostics;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>What an administrator sees by commands: load, users, settings, plugins' history. The page is made of their data.</summary>
[TestClass]
public sealed class ObserveTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task TheLoadIsToldAsTextAndAsRows()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync("en");
        for (var i = 0; i < 3; i++)
        {
            await admin.SayAsync("geral", $"message {i}");
            await users.Daemon.Get<LoadSamples>().RunAsync(TestContext.CancellationToken);
        }
        var now = await admin.ReplyAsync("/observe");
        StringAssert.StartsWith(now.Text, "connections 1, sessions 1\nmessages ");
        Assert.AreEqual(1, now.Data!.Value.GetProperty("rows").GetArrayLength(), "only the latest, for whoever types it");

        var all = Rows(await admin.ReplyAsync("/observe --since 0"));
        Assert.IsGreaterThanOrEqualTo(2, all.Count);
        var last = all[^1];
        Assert.AreEqual(1, last["connections"].GetInt64());
        Assert.IsGreaterThan(0, last["messages"].GetDouble());
        Assert.IsGreaterThan(0, last["delivery_p99"].GetDouble());
        Assert.IsGreaterThan(0, last["disk"].GetInt64());
        var rest = Rows(await admin.ReplyAsync($"/observe --since {all[^2]["number"]}"));
        Assert.AreEqual(last["number"].GetInt64(), rest[0]["number"].GetInt64());
    }

    [TestMethod]
    public async Task AnHourComesInSeveralAnswers()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        for (var i = 0; i < 730; i++) await users.Daemon.Get<LoadSamples>().RunAsync(TestContext.CancellationToken);
        var (count, since, answers) = (0, 0L, 0);
        for (var more = true; more; answers++)
        {
            var answer = await admin.ReplyAsync($"/observar --desde {since}");
            var rows = Rows(answer);
            more = answer.Data!.Value.GetProperty("more").GetBoolean();
            count += rows.Count;
            since = rows[^1]["number"].GetInt64();
        }
        Assert.IsGreaterThanOrEqualTo(720, count);
        Assert.IsInRange(2, 6, answers);
    }

    [TestMethod]
    public async Task UsersAreFoundByAPartOfTheirNames()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        await users.AccountAsync("Bianca", Role.Moderator);
        await users.EnterAsync("bia", Role.Member);
        await users.EnterAsync("fabian");
        var found = (await admin.ReplyAsync("/observar usuarios BIA")).Data!.Value.EnumerateArray()
            .Select(user => $"{user.GetProperty("user")} {user.GetProperty("role")} {user.GetProperty("connections")}");
        Assert.AreEqual("bia member 1, fabian guest 1, Bianca moderator 0", string.Join(", ", found));
        Assert.AreEqual("Nenhum usuário encontrado.", await admin.TypeAsync("/observar usuarios %"));
        Assert.AreEqual("Nenhum usuário encontrado.", await admin.TypeAsync("/observar usuarios \uFFFE"));
    }

    [TestMethod]
    public async Task SettingsHaveTheirSourceAndSecretsAreHidden()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Limits:LoginsPerMinute", "77"));
        var admin = await users.AdminAsync();
        var answer = await admin.ReplyAsync("/observar ajustes");
        var settings = answer.Data!.Value.EnumerateArray().ToDictionary(one => one.GetProperty("setting").GetString()!);
        Assert.AreEqual("77", settings["Chat:Limits:LoginsPerMinute"].GetProperty("value").GetString());
        Assert.AreNotEqual("", settings["Chat:Limits:LoginsPerMinute"].GetProperty("source").GetString());
        Assert.AreEqual("***", settings["Chat:Admin:Password"].GetProperty("value").GetString());
        Assert.DoesNotContain(TestDaemon.AdminPassword, answer.Text + answer.Data);
    }

    [TestMethod]
    public async Task PluginsHaveAHistoryAndHooksTimes()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        await admin.ReplyAsync("/palavra bloquear ruim");
        await admin.SayAsync("geral", "bom");
        await admin.ReplyAsync("/plugins recarregar welcome");
        await admin.ReplyAsync("/plugins desativar welcome");
        var swaps = (await admin.ReplyAsync("/plugins trocas")).Data!.Value.EnumerateArray()
            .Where(swap => swap.GetProperty("plugin").GetString() == "welcome").Select(swap => swap.GetProperty("outcome").GetString());
        Assert.AreEqual("removed, replaced, started", string.Join(", ", swaps));
        Assert.EndsWith(" retirado", (await admin.TypeAsync("/plugins trocas")).Split('\n')[0]); // a removal takes no time
        var filter = (await admin.ReplyAsync("/plugins filtros")).Data!.Value.EnumerateArray()
            .Single(hook => hook.GetProperty("hook").GetString() == "WordFilter");
        Assert.AreEqual(1, filter.GetProperty("calls").GetProperty("allowed").GetInt64());
        Assert.IsTrue(filter.GetProperty("filter").GetBoolean());
    }

    [TestMethod]
    public async Task BansMutesAndRoomsComeAsDataToo()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        await users.EnterAsync("gil");
        await users.EnterAsync("leo", room: "jogos");
        await admin.ReplyAsync("/entrar jogos");
        await admin.ReplyAsync("/mute leo 1h barulho", "jogos");
        await admin.ReplyAsync("/mute gil 2h --todas");
        Assert.AreEqual("""[{"user":"gil","room":null}]""", await MutesAsync(admin, "/mutes"));
        Assert.AreEqual("""[{"user":"gil","room":null},{"user":"leo","room":"jogos"}]""", await MutesAsync(admin, "/mutes --todas"));
        StringAssert.Contains((await admin.ReplyAsync("/mutes --todas")).Text, "leo (#jogos) — 1h");

        await admin.ReplyAsync("/ban gil 1h propaganda");
        var ban = (await admin.ReplyAsync("/bans")).Data!.Value.EnumerateArray().Single();
        Assert.IsInRange(3_590, 3_600, ban.GetProperty("seconds_left").GetInt64());
        Assert.AreEqual("propaganda", ban.GetProperty("reason").GetString());
        var room = (await admin.ReplyAsync("/salas JOG")).Data!.Value.EnumerateArray().Single();
        Assert.AreEqual("jogos", room.GetProperty("room").GetString());
    }

    private static async Task<string> MutesAsync(TestClient admin, string line) => JsonSerializer.Serialize(
        (await admin.ReplyAsync(line)).Data!.Value.EnumerateArray()
            .Select(mute => new { user = mute.GetProperty("user"), room = mute.GetProperty("room") }));

    private static List<Dictionary<string, JsonElement>> Rows(DaemonFrame.Reply answer)
    {
        var columns = answer.Data!.Value.GetProperty("columns").EnumerateArray().Select(name => name.GetString()!).ToList();
        return
        [
            .. answer.Data!.Value.GetProperty("rows").EnumerateArray()
                .Select(row => columns.Zip(row.EnumerateArray()).ToDictionary(cell => cell.First, cell => cell.Second)),
        ];
    }
}
