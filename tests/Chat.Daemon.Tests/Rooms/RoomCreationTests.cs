using System.Net;
using Chat.Daemon.Storage.Log;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;

namespace Chat.Daemon.Tests.Rooms;

/// <summary>Nobody can take from others the possibility to create a room.</summary>
[TestClass]
public sealed class RoomCreationTests
{
    [TestMethod]
    public async Task ThousandsOfNamesThatAGuestJoinsAndLeavesLeaveRoomForOthers()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Limits:Rooms", "100"));
        var (eva, bia) = (await users.EnterAsync("eva"), await users.EnterAsync("bia"));
        for (var i = 0; i < 500; i++)
        {
            await eva.SendAsync(new ClientFrame.Join($"lixo{i}"));
            await eva.SendAsync(new ClientFrame.Leave($"lixo{i}"));
        }
        await eva.SettleAsync();
        await Wait.UntilAsync(async () => await RoomsAsync(users) == 1, Moment);
        await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
    }

    [TestMethod]
    public async Task AnAdminCreatesAndDeletesRoomsBeyondTheLimit()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Limits:Rooms", "5"));
        var eva = await users.EnterAsync("eva", lang: "en");
        for (var i = 0; i < 4; i++)
        {
            await eva.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join($"lixo{i}"));
            await eva.SayAsync($"lixo{i}", "oi");
        }
        var refused = await eva.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("mais"));
        const string full = "The limit of 5 rooms is reached. Join an existing one, or ask a moderator to delete some.";
        Assert.AreEqual(("too_many_rooms", "mais", full), (refused.Code, refused.Room, refused.Text));
        Assert.AreEqual("too_many_rooms", await eva.TypeAsync("/privada mais"));

        var (admin, max) = (await users.AdminAsync(), await users.EnterAsync("max", Role.Moderator));
        await admin.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("avisos"));
        Assert.StartsWith("Sala privada conselho criada.", await max.TypeAsync("/privada conselho"));
        foreach (var room in (string[])["lixo0", "lixo1", "avisos", "conselho"])
        {
            Assert.AreEqual("confirm", await admin.TypeAsync($"/sala apagar {room}"));
            Assert.AreEqual($"A sala {room} foi apagada.", await admin.TypeAsync($"/sala apagar {room}"));
        }
        await eva.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("mais"));
    }

    [TestMethod]
    public async Task AUserCreatesSoManyRoomsAnHour()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time, ("Chat:Limits:RoomsPerUser", "3"));
        var (eva, bia) = (await users.EnterAsync("eva", lang: "en"), await users.EnterAsync("bia"));
        for (var i = 0; i < 3; i++) await eva.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join($"lixo{i}"));
        var refused = await eva.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("mais"));
        const string wait = "Too many new rooms from you or from your network: create the next one in 20m, or join an existing one.";
        Assert.AreEqual(("rate_limited", 1_200_000, wait), (refused.Code, refused.RetryAfter, refused.Text));
        Assert.AreEqual("rate_limited", await eva.TypeAsync("/entrar mais"));
        Assert.AreEqual("rate_limited", await eva.TypeAsync("/privada mais"));
        await eva.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("lixo0"));
        await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("mais"));
        await eva.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("mais"));
        time.Advance(TimeSpan.FromMinutes(20));
        await eva.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("outra"));
        Assert.AreEqual("rate_limited", (await eva.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("demais"))).Code);
    }

    [TestMethod]
    public async Task TheUsersOfANetworkShareALimit()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Limits:RoomsPerAddress", "3"));
        for (var i = 0; i < 4; i++)
        {
            var eva = await users.ConnectAsync($"eva{i}", IPAddress.Parse("127.0.0.2"));
            await eva.LoginAsync($"eva{i}");
            var answer = await eva.AskAsync<DaemonFrame>(new ClientFrame.Join($"lixo{i}"));
            Assert.AreEqual(i < 3 ? null : "rate_limited", (answer as DaemonFrame.Error)?.Code);
        }
        var max = await users.ConnectAsync("max", IPAddress.Parse("127.0.0.2"));
        await users.AccountAsync("max", Role.Moderator);
        await max.LoginAsync(new ClientFrame.Login("max", TestUsers.Password));
        await max.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("avisos"));
        var bia = await users.EnterAsync("bia");
        await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
    }

    [TestMethod]
    public async Task TheDefaultRoomIsCreatedWhateverTheLimits()
    {
        await using var users = await TestUsers.StartAsync(("Chat:Limits:Rooms", "1"), ("Chat:Limits:RoomsPerAddress", "1"));
        var eva = await users.ConnectAsync("eva");
        await eva.LoginAsync(new ClientFrame.Login("eva", Rooms: ["lixo"]));
        await eva.SayAsync("lixo", "oi");
        await users.EnterAsync("bia");
    }

    [TestMethod]
    public async Task TheNameOfANewRoomPassesTheGate()
    {
        await using var users = await TestUsers.StartAsync();
        var max = await users.EnterAsync("max", Role.Moderator);
        await max.ReplyAsync("/palavra bloquear batata");
        var (eva, gil) = (await users.EnterAsync("eva"), await users.EnterAsync("gil"));
        await max.ReplyAsync("/mute gil 10m --todas");
        Assert.AreEqual("rejected", (await eva.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("batata"))).Code);
        Assert.AreEqual("rejected", await eva.TypeAsync("/entrar Batata"));
        var muted = await gil.AskAsync<DaemonFrame.Error>(new ClientFrame.Join("gil-fala"));
        Assert.AreEqual(("muted", "gil-fala"), (muted.Code, muted.Room));
        await eva.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
        await gil.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));
        Assert.AreEqual(2, await RoomsAsync(users));
    }

    private static Task Moment() => Task.Delay(10);

    private static async Task<long> RoomsAsync(TestUsers users) =>
        await users.Daemon.Get<ConversationStore>().CountRoomsAsync(CancellationToken.None);
}
