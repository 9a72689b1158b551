using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>Permissions that are decided while the daemon runs.</summary>
[TestClass]
public sealed class PermissionTests
{
    [TestMethod]
    public async Task ARuntimeRuleAppliesAtOnceAndAfterARestart()
    {
        await using var users = await TestUsers.StartAsync();
        var (admin, guest) = (await users.AdminAsync("en"), await users.EnterAsync("gil", lang: "en"));

        Assert.AreEqual("forbidden", await guest.TypeAsync("/plugins"));
        Assert.AreEqual("PLUGIN.list now requires the role guest.", await admin.TypeAsync("/permission set PLUGIN.list guest"));
        Assert.Contains("help", await guest.TypeAsync("/plugins"));

        await users.Daemon.RestartAsync();
        (admin, guest) = (await users.AdminAsync("en"), await users.EnterAsync("ana", lang: "en"));
        Assert.Contains("help", await guest.TypeAsync("/plugins"));
        Assert.AreEqual("plugin.list: guest (set by command)", await admin.TypeAsync("/permission list plugin.l"));
        Assert.AreEqual("plugin.list is back to its default.", await admin.TypeAsync("/permission reset plugin.list"));
        Assert.AreEqual("forbidden", await guest.TypeAsync("/plugins"));
        Assert.AreEqual("plugin.list is already at its default.", (await admin.RefusalAsync("/permission reset plugin.list")).Text);
    }

    [TestMethod]
    public async Task ARoomsOwnRulesApplyToPlainFrames()
    {
        await using var users = await TestUsers.StartAsync();
        var (admin, guest) = (await users.AdminAsync(), await users.EnterAsync("gil"));
        await admin.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("avisos"));
        await guest.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("avisos"));

        await admin.ReplyAsync("/permissao dar message.send moderador --sala avisos");
        var refused = await guest.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("oi", "avisos"));
        Assert.AreEqual(("forbidden", "avisos"), (refused.Code, refused.Room));
        await guest.SayAsync("geral", "oi");
        await admin.SayAsync("avisos", "amanhã às 9");

        await admin.ReplyAsync("/permissao dar room.join membro --sala avisos");
        Assert.AreEqual(
            "forbidden", (await (await users.EnterAsync("leo")).AskAsync<DaemonFrame.Error>(new ClientFrame.Join("avisos"))).Code);
        await (await users.EnterAsync("mia", Role.Member)).AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("avisos"));

        // The rule of the room stands, whatever is decided about all others.
        await admin.ReplyAsync("/permissao dar message.send membro");
        Assert.AreEqual("forbidden", (await guest.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("oi", "geral"))).Code);
        await admin.ReplyAsync("/permissao voltar message.send");
        Assert.AreEqual("forbidden", (await guest.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("oi", "avisos"))).Code);
        await admin.ReplyAsync("/permissao voltar message.send --sala avisos");
        await guest.SayAsync("avisos", "oi");
    }

    [TestMethod]
    public async Task HelpAndCompletionFollowTheRoomsRules()
    {
        await using var users = await TestUsers.StartAsync();
        var (admin, guest) = (await users.AdminAsync(), await users.EnterAsync("gil"));
        await guest.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("livre"));
        await admin.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("livre"));
        await admin.ReplyAsync("/permissao dar room.kick convidado --sala livre");
        await admin.ReplyAsync("/permissao dar command.salas membro --sala livre");

        foreach (var (room, kicks, lists) in new[] { ("livre", true, false), ("geral", false, true) })
        {
            var help = await guest.TypeAsync("/ajuda", room);
            Assert.AreEqual(kicks, help.Contains("/kick", StringComparison.Ordinal), room);
            Assert.AreEqual(lists, help.Contains("/salas", StringComparison.Ordinal), room);
            Assert.AreEqual(kicks ? "/kick" : "", await Completed(guest, "/ki", room), room);
            Assert.AreEqual(lists ? "/salas" : "", await Completed(guest, "/sala", room), room);
            Assert.AreEqual(lists, await guest.TypeAsync("/salas", room) != "forbidden", room);
        }
    }

    [TestMethod]
    [DataRow("/permission set room.kik member", "bad_arguments", "Did you mean room.kick?")]
    [DataRow("/permission set nothing.like.it member", "bad_arguments", "There is no permission")]
    [DataRow("/permission reset room.kik", "bad_arguments", "Did you mean room.kick?")]
    [DataRow("/permission set daemon.shutdown moderator", "forbidden", "a role above yours")]
    [DataRow("/permission set room.kick admin", "forbidden", "a role above yours")]
    [DataRow("/permission set permission.set admin", "forbidden", "a role above yours")]
    [DataRow("/permission reset permission.set", "forbidden", "a role above yours")]
    [DataRow("/permission set frozen.by.settings member", "bad_arguments", "There is no permission")]
    [DataRow("/permission set command.salas guest", "forbidden", "a role above yours")]
    [DataRow("/permission set room.kick member --room nowhere", "no_such_room", "nowhere")]
    [DataRow("/permission set room.kick owner", "bad_arguments", "guest, member, moderator, admin")]
    public async Task ARefusalGivesItsReason(string line, string code, string part)
    {
        await using var users = await TestUsers.StartAsync(("Chat:Roles:admin:0", "-command.salas"));
        var admin = await users.AdminAsync();
        await admin.ReplyAsync("/permissao dar permission.set moderador");
        var moderator = await users.EnterAsync("mo", Role.Moderator, "en");
        var refusal = await moderator.RefusalAsync(line);
        Assert.AreEqual(code, refusal.Code, refusal.Text);
        Assert.Contains(part, refusal.Text!);
    }

    [TestMethod]
    public async Task RulesForUnknownPermissionsAreIgnored()
    {
        await using var users = await TestUsers.StartAsync();
        var store = users.Daemon.Get<RuntimePermissions>();
        RuntimePermission[] decided =
        [
            new("gone.plugin", null, Role.Guest), new("gone.plugin", "4711", Role.Guest),
            new("room.kick", "x'y", Role.Guest), new("room.kick", null, (Role)77),
        ];
        foreach (var rule in decided) await store.SetAsync(rule, () => { });
        await users.Daemon.RestartAsync();

        var admin = await users.AdminAsync("en");
        var rules = await admin.ReplyAsync("/permission list");
        Assert.DoesNotContain("gone.plugin", rules.Text);
        Assert.Contains("room.kick: nobody (set by command)", rules.Text);
        Assert.AreEqual("gone.plugin is back to its default.", await admin.TypeAsync("/permission reset gone.plugin"));
        Assert.AreEqual("bad_arguments", await admin.TypeAsync("/permission reset gone.plugin"));
    }

    [TestMethod]
    public async Task TheListShowsTheOriginOfEachRule()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Roles:moderator:0", "plugin.list"), ("Chat:Roles:admin:0", "-room.mute"));
        var admin = await users.AdminAsync("en");
        await admin.ReplyAsync("/permission set room.kick member --room geral");
        var rules = await admin.ReplyAsync("/permission list");
        string[] expected =
        [
            "message.send: guest (default)", "plugin.list: moderator (from the settings)", "room.kick: moderator (default)",
            "room.kick in the room geral: member (set by command)", "room.mute: nobody (from the settings)",
        ];
        foreach (var line in expected) Assert.Contains(line, rules.Text.Split('\n'));
        var kicks = rules.Data!.Value.EnumerateArray().Where(r => r.GetProperty("permission").GetString() == "room.kick")
            .Select(r => $"{r.GetProperty("room")} {r.GetProperty("role")} {r.GetProperty("source")}");
        Assert.AreEqual(" moderator declared,geral member decided", string.Join(',', kicks));
        Assert.AreEqual("/permission reset room.mute", "/permission reset " + await Completed(admin, "/permission reset room.mu", "geral"));
        Assert.AreEqual("guest", await Completed(admin, "/permission set room.kick gu", "geral"));
    }

    [TestMethod]
    public async Task ConcurrentChangesAllApply()
    {
        await using var users = await TestUsers.StartAsync();
        var admins = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => users.EnterAsync("chefe" + i, Role.Admin)));
        string[] names = ["room.kick", "room.mute", "user.ban", "plugin.list"];
        await Task.WhenAll(admins.Zip(names, (admin, name) => admin.ReplyAsync($"/permissao dar {name} membro")));
        var table = users.Daemon.Get<CommandRegistry>().Current.Permissions;
        foreach (var name in names) Assert.AreEqual(Role.Member, table.LowestOf(name), name);
    }

    private static async Task<string> Completed(TestClient client, string text, string room)
    {
        var completions = await client.AskAsync<DaemonFrame.Completions>(new ClientFrame.Complete(text, text.Length, room));
        return string.Join(' ', completions.Entries.Select(e => e.Text));
    }
}
