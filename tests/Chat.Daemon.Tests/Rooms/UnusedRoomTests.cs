using Chat.Daemon.Storage.Log;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Rooms;

/// <summary>A public room without message, topic or rule goes when the last user leaves.</summary>
[TestClass]
public sealed class UnusedRoomTests
{
    [TestMethod]
    public async Task ItGoesHoweverTheLastUserLeaves()
    {
        await using var users = await TestUsers.StartAsync();
        var (eva, max) = (await users.EnterAsync("eva"), await users.EnterAsync("max", Role.Moderator));
        foreach (var room in (string[])["saída", "queda", "expulsa"]) await eva.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join(room));
        foreach (var room in (string[])["saída", "expulsa"]) await max.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join(room));
        await eva.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("saída"));
        Assert.AreEqual(4, (await RoomsAsync(users)).Split(' ').Length, "max is still there.");
        await max.ReplyAsync("/kick eva", "expulsa");
        foreach (var room in (string[])["saída", "expulsa"]) await max.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave(room));
        await Wait.UntilAsync(async () => !(await RoomsAsync(users)).Contains("saída"), Moment);
        eva.Abort();
        await Wait.UntilAsync(async () => await RoomsAsync(users) == "geral", Moment);
    }

    [TestMethod]
    public async Task ARoomThatIsUsedStays()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        string[] used = ["mensagem", "tópico", "privada", "lento", "mudo", "regra", "saudação"];
        foreach (var room in used.Where(r => r != "privada")) await admin.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join(room));
        var eva = await users.EnterAsync("eva", room: "mudo");
        await admin.SayAsync("mensagem", "oi");
        await admin.ReplyAsync("/topico regras", "tópico");
        await admin.ReplyAsync("/privada privada");
        await admin.ReplyAsync("/lento 10s", "lento");
        await admin.ReplyAsync("/mute eva 10m", "mudo");
        await admin.ReplyAsync("/permissao dar message.send moderador --sala regra");
        await admin.ReplyAsync("/boas-vindas Olá!", "saudação");
        foreach (var room in used) await admin.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave(room));
        await admin.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("lista")); // the admin's, who only disconnects
        await eva.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("vazia"));
        await eva.DisposeAsync();
        await admin.DisposeAsync();

        await Wait.UntilAsync(async () => !(await RoomsAsync(users)).Contains("vazia"), Moment);
        Assert.AreEqual("geral lento lista mensagem mudo privada regra saudação tópico", await RoomsAsync(users));
        await users.Daemon.RestartAsync();
        await users.EnterAsync("bia", room: "mais");
        Assert.AreEqual("geral lento lista mais mensagem mudo privada regra saudação tópico", await RoomsAsync(users));
    }

    [TestMethod]
    public async Task OneThatAKillLeftGoesAtTheStart()
    {
        await using var users = await TestUsers.StartAsync();
        var store = users.Daemon.Get<ConversationStore>();
        for (var i = 0; i < 300; i++) await store.CreateRoomAsync(TestUsers.Room($"sobra{i}"), "g1");
        await users.EnterAsync("ana");
        await users.Daemon.RestartAsync();
        await Wait.UntilAsync(async () => await RoomsAsync(users) == "geral", Moment);
    }

    [TestMethod]
    public async Task ALogInMemoryKeepsRoomsOfAnEarlierRun()
    {
        await using var users = await TestUsers.StartAsync(("Chat:History:Durability", "none"));
        var ana = await users.EnterAsync("ana", room: "jogos");
        await ana.SayAsync("jogos", "oi");
        await ana.DisposeAsync();
        await users.Daemon.RestartAsync();
        ana = await users.EnterAsync("bia", room: "jogos");
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("nova"));
        await ana.DisposeAsync();
        await Wait.UntilAsync(async () => !(await RoomsAsync(users)).Contains("nova"), Moment);
        Assert.AreEqual("jogos", await RoomsAsync(users));
    }

    [TestMethod]
    public async Task WhoJoinsWhileItGoesIsInARoomThatStays()
    {
        await using var users = await TestUsers.StartAsync();
        var (ana, bia) = (await users.EnterAsync("ana"), await users.EnterAsync("bia"));
        for (var i = 0; i < 200; i++)
        {
            var room = $"jogos{i}";
            await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join(room));
            var leaves = ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave(room));
            await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join(room));
            await leaves;
            await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join(room));
            Assert.AreEqual(1, (await bia.SayAsync(room, "oi")).Seq);
            await ana.ExpectAsync<DaemonFrame.Message>(m => m.Room == room);
            foreach (var user in (TestClient[])[ana, bia]) await user.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave(room));
        }
        Assert.AreEqual(201, await users.Daemon.Get<ConversationStore>().CountRoomsAsync(CancellationToken.None));
    }

    private static Task Moment() => Task.Delay(10);

    /// <summary>The names of all rooms, in the order of their keys.</summary>
    private static async Task<string> RoomsAsync(TestUsers users) => string.Join(
        ' ', (await users.Daemon.Get<ConversationStore>().RoomsAsync("", 100, CancellationToken.None)).Select(room => room.Name));
}
