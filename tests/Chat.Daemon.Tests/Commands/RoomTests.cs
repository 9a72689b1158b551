using System.Text.Json;
using Chat.Daemon.Accounts;
using Chat.Daemon.Configuration;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.Tests.Commands;

/// <summary>Private rooms, and who may make rooms at all.</summary>
[TestClass]
public sealed class RoomTests
{
    [TestMethod]
    public async Task APrivateRoomExistsOnlyForInvitedUsers()
    {
        await using var users = await TestUsers.StartAsync();
        var (mia, bia, gil) = (
            await users.EnterAsync("mia", Role.Member), await users.EnterAsync("bia", lang: "en"), await users.EnterAsync("gil"));
        Assert.AreEqual("Sala privada planos criada. Convide alguém com /convidar.", await mia.TypeAsync("/privada planos"));
        await mia.SayAsync("planos", "segredo");

        Assert.AreEqual("no_such_room", await gil.TypeAsync("/entrar planos"));
        Assert.AreEqual("no_such_room", await gil.TypeAsync("/quem planos"));
        Assert.AreEqual("no_such_room", (await gil.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("Planos"))).Code);
        Assert.AreEqual("not_in_room", (await gil.AskAsync<DaemonFrame.Error>(new ClientFrame.History("planos"))).Code);
        Assert.AreEqual("not_in_room", (await gil.AskAsync<DaemonFrame.Error>(new ClientFrame.Members("planos"))).Code);
        Assert.AreEqual("name_taken", await gil.TypeAsync("/privada planos"));
        Assert.DoesNotContain("planos", await gil.TypeAsync("/salas"));
        Assert.Contains("planos (1, privada)", await mia.TypeAsync("/salas"));
        var completions = await gil.AskAsync<DaemonFrame.Completions>(new ClientFrame.Complete("/entrar pla"));
        Assert.IsFalse(completions.Entries.Any(e => e.Text.Contains("planos", StringComparison.Ordinal)));

        Assert.AreEqual("bia já pode entrar na sala planos.", await mia.TypeAsync("/convidar bia", "planos"));
        Assert.AreEqual("mia invited you to the room planos: /join planos", (await bia.ExpectAsync<DaemonFrame.Notice>()).Text);
        Assert.AreEqual("You are in the room planos.", await bia.TypeAsync("/join planos"));
        Assert.AreEqual("segredo", (await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("planos"))).Messages.Single().Text);
        Assert.AreEqual("forbidden", await bia.TypeAsync("/convidar gil", "planos"), "Only the owner invites.");
        Assert.AreEqual("forbidden", await bia.TypeAsync("/topico meu", "planos"), "Only the owner sets the topic.");
        await mia.ReplyAsync("/topico férias", "planos");
        Assert.AreEqual(
            ("mia set the topic: férias", "planos"), await bia.ExpectAsync<DaemonFrame.Notice>() is var n ? (n.Text, n.Room) : default);

        await users.Daemon.RestartAsync();
        mia = await users.EnterAsync("mia", Role.Member, room: "planos");
        Assert.AreEqual("Tópico da sala planos: férias", await mia.TypeAsync("/topico", "planos"));
        var max = await users.EnterAsync("max", Role.Moderator);
        Assert.Contains("planos (1, privada)", await max.TypeAsync("/salas"));
        Assert.AreEqual("Você está na sala planos.", await max.TypeAsync("/entrar planos"), "Moderators may look.");
    }

    [TestMethod]
    public async Task TheDefaultRoomHasNoOwner()
    {
        await using var users = await TestUsers.StartAsync();
        var gil = await users.Daemon.GuestAsync("gil");
        var args = new Dictionary<string, JsonElement> { ["sala"] = JsonElement.Parse("\"geral\"") };
        var asked = new ClientFrame.Command("privada", args);
        Assert.AreEqual("name_taken", (await gil.AskAsync<DaemonFrame.Error>(asked)).Code);
        await users.EnterAsync("ana");
        await gil.DisposeAsync();
    }

    [TestMethod]
    public async Task ASettingTakesRoomCreateFromGuests()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Roles:guest:0", "-room.create"), ("Chat:Roles:member:0", "plugin.list"));
        var (gil, mia) = (await users.EnterAsync("gil"), await users.EnterAsync("mia", Role.Member));

        Assert.AreEqual("no_such_room", (await gil.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("nova"))).Code);
        Assert.AreEqual("no_such_room", await gil.TypeAsync("/entrar nova"));
        Assert.AreEqual("forbidden", await gil.TypeAsync("/privada nova"));
        Assert.AreEqual("forbidden", await gil.TypeAsync("/plugins"));
        Assert.AreEqual("Você está na sala nova.", await mia.TypeAsync("/entrar nova"));
        Assert.Contains("administration", await mia.TypeAsync("/plugins"));
        Assert.AreEqual("Você está na sala nova.", await gil.TypeAsync("/entrar nova"));
    }

    [TestMethod]
    public async Task ASettingForbidsAPluginsCommandToGuests()
    {
        var (users, folder) = await TestUsers.WithPluginAsync("Dice");
        await using (users)
        {
            var gil = await users.EnterAsync("gil");
            await gil.ReplyAsync("/rolar");
            var rolled = await gil.ExpectAsync<DaemonFrame.Message>(m => m.Via == "rolar");
            Assert.AreEqual("gil", rolled.From);
            Assert.StartsWith("🎲 1d6 = ", rolled.Text);
            Assert.AreEqual("bad_arguments", await gil.TypeAsync("/rolar 2x6"));
        }
        folder.Delete(recursive: true);

        (users, folder) = await TestUsers.WithPluginAsync("Dice", null, ("Chat:Roles:guest:0", "-dice.roll"));
        await using (users)
        {
            var (gil, mia) = (await users.EnterAsync("gil"), await users.EnterAsync("mia", Role.Member, lang: "en"));
            Assert.AreEqual("forbidden", await gil.TypeAsync("/rolar"));
            Assert.DoesNotContain("rolar", await gil.TypeAsync("/ajuda"));
            Assert.AreEqual("no_such_command", await gil.TypeAsync("/ajuda rolar"));
            await mia.ReplyAsync("/roll 2d20+1");
            Assert.StartsWith("🎲 2d20+1 = ", (await gil.ExpectAsync<DaemonFrame.Message>(m => m.From == "mia")).Text);
        }
        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task ChangedRolesApplyAtOnce()
    {
        using var folder = new CommandLine.ScratchFolder();
        var file = folder.Write("chatd.json", "{}");
        var settings = new Dictionary<string, string>
        {
            ["Chat:Listen:Tcp"] = "127.0.0.1:0",
            ["Chat:Listen:Http"] = "off",
            ["Chat:Data:Folder"] = folder["data"],
            ["Chat:Plugins:Folders:0"] = folder["none"],
        };
        using var options = new OptionsSource(
            new SettingSources([new(file, Required: true)], new Dictionary<string, string>(), settings), SettingTexts.English);
        var time = new TestTime();
        options.Watch(time, NullLogger<OptionsSource>.Instance);
        await using var daemon = await ChatDaemon.StartAsync(
            options, NullLoggerFactory.Instance, TimeProvider.System, null, OperatorTerminal.None, CancellationToken.None);
        await using var gil = await TestClient.ConnectAsync(daemon.Endpoints[0].Address.Port, "gil");
        await gil.LoginAsync("gil");
        await gil.ReplyAsync("/privada primeira");

        folder.Write("chatd.json", """{ "Chat": { "Roles": { "guest": ["-room.create", "plugin.list"] } } }""");
        for (var looks = 0; looks < 2; looks++) time.Advance(TimeSpan.FromSeconds(1)); // once to see it, once to see that it has settled

        Assert.AreEqual("forbidden", await gil.TypeAsync("/privada segunda"));
        Assert.Contains("administration", await gil.TypeAsync("/plugins"));
    }
}
