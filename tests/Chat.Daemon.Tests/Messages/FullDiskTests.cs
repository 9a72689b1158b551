using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Messages;

/// <summary>A disk without free space; a limit on the database's pages plays its part.</summary>
[TestClass]
public sealed class FullDiskTests
{
    [TestMethod]
    public async Task AMessageIsRefusedWhileTheDiskIsFullAndPassesOnceThereIsSpace()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await ana.SayAsync("geral", "antes");
        await bia.ExpectAsync<DaemonFrame.Message>();

        await LimitPagesAsync(daemon, 1);
        var text = new string('a', 4000);
        DaemonFrame answer;
        var last = 1L;
        while ((answer = await ana.AskAsync<DaemonFrame>(new ClientFrame.Message(text, "geral"))) is DaemonFrame.Message echo)
        {
            Assert.AreEqual(++last, echo.Seq);
            Assert.AreEqual(last, (await bia.ExpectAsync<DaemonFrame.Message>()).Seq);
            Assert.IsLessThan(1000, last, "the disk never filled up");
        }
        Assert.AreEqual((RefusalCode.Storage, "geral"), answer is DaemonFrame.Error error ? (error.Code, error.Room) : default);
        var resent = new ClientFrame.Message(text, "geral") { Id = "again" };
        for (var i = 0; i < 3; i++) Assert.AreEqual(RefusalCode.Storage, (await ana.AskAsync<DaemonFrame.Error>(resent)).Code);
        await bia.ExpectNothingAsync();
        Assert.AreEqual(last, (await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"))).Messages[^1].Seq);

        await LimitPagesAsync(daemon, 1_000_000);
        Assert.AreEqual(last + 1, (await ana.AskAsync<DaemonFrame.Message>(resent)).Seq);
        Assert.AreEqual(last + 2, (await bia.SayAsync("geral", "depois")).Seq);
        Assert.AreEqual(last + 1, (await bia.ExpectAsync<DaemonFrame.Message>()).Seq);
    }

    [TestMethod]
    public async Task NewRoomsAreRefusedWhileTheDiskIsFullButTokensStillWork()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.ConnectAsync("bia");
        var token = (await bia.LoginAsync("bia", "geral")).Token;
        await LimitPagesAsync(daemon, 1);

        DaemonFrame answer;
        // Private rooms, which stay when they are empty; the last name is longer than theirs.
        for (var i = 0; (answer = await ana.AskAsync<DaemonFrame>(Typed($"/privada sala{i}"))) is DaemonFrame.Reply; i++)
        {
            Assert.IsLessThan(1000, i);
            await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave($"sala{i}"));
        }
        Assert.AreEqual(RefusalCode.Storage, ((DaemonFrame.Error)answer).Code);
        await using var back = await daemon.ConnectAsync("bia");
        await back.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login(Token: token, Rooms: ["uma-nova-com-o-nome-mais-longo", "geral"]));
        var error = await back.ExpectAsync<DaemonFrame.Error>();
        Assert.AreEqual((RefusalCode.Storage, "uma-nova-com-o-nome-mais-longo"), (error.Code, error.Room));
        await back.ExpectAsync<DaemonFrame.Joined>(j => j.Room == "geral");

        await LimitPagesAsync(daemon, 1_000_000);
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("nova"));
    }

    [TestMethod]
    public async Task LoginsGoOnWhileTheDiskIsFullAndAreStoredOnceThereIsRoom()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await LimitPagesAsync(daemon, 1);
        List<TestClient> clients = [];
        List<string> tokens = [];
        await LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: []));
        while (daemon.Get<UnstoredSessions>().Count < 3)
        {
            Assert.IsLessThan(1000, clients.Count, "the disk never filled up");
            await LoginAsync(new ClientFrame.Login($"guest{clients.Count}", Rooms: []));
        }
        await LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword, Rooms: []));
        await clients[^2].SendAsync(new ClientFrame.Logout());
        await clients[^2].ExpectClosedAsync();
        Assert.AreEqual(RefusalCode.BadToken, await ResumeAsync(tokens[^2]));

        await LimitPagesAsync(daemon, 1_000_000);
        await Wait.UntilAsync(() => daemon.Get<UnstoredSessions>().Count == 0, () => Task.Delay(20));
        await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        await daemon.RestartAsync();
        Assert.AreEqual(RefusalCode.BadToken, await ResumeAsync(tokens[^2]));
        tokens.RemoveAt(tokens.Count - 2);
        foreach (var token in tokens) Assert.AreEqual("", await ResumeAsync(token));

        async Task LoginAsync(ClientFrame.Login login)
        {
            clients.Add(await daemon.ConnectAsync());
            tokens.Add((await clients[^1].LoginAsync(login)).Token!);
        }

        async Task<string> ResumeAsync(string token)
        {
            await using var client = await daemon.ConnectAsync();
            var answer = await client.AskAsync<DaemonFrame>(new ClientFrame.Login(Token: token, Rooms: []));
            return answer is DaemonFrame.Error error ? error.Code : "";
        }
    }

    private static ClientFrame.Message Typed(string line) => new(line, "geral");

    private static Task<long> LimitPagesAsync(TestDaemon daemon, int count) =>
        daemon.Get<SqliteWriter>().WriteAsync(connection => Sql.Number(connection, $"PRAGMA max_page_count = {count}"));
}
