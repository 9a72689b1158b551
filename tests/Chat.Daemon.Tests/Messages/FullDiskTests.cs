using Chat.Daemon.Storage;
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
    public async Task NewRoomsAndGuestsAreRefusedWhileTheDiskIsFullButTokensStillWork()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.ConnectAsync("bia");
        var token = (await bia.LoginAsync("bia", "geral")).Token;
        await LimitPagesAsync(daemon, 1);

        DaemonFrame answer;
        for (var i = 0; (answer = await ana.AskAsync<DaemonFrame>(new ClientFrame.Join($"sala{i}"))) is DaemonFrame.Joined; i++)
        {
            Assert.IsLessThan(1000, i);
            await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave($"sala{i}"));
        }
        Assert.AreEqual(RefusalCode.Storage, ((DaemonFrame.Error)answer).Code);
        for (var i = 0; (answer = await LoginAsync(daemon, $"guest{i}")) is DaemonFrame.Welcome; i++) Assert.IsLessThan(1000, i);
        Assert.AreEqual(RefusalCode.Storage, ((DaemonFrame.Error)answer).Code);
        await using var back = await daemon.ConnectAsync("bia");
        await back.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login(Token: token, Rooms: ["nova", "geral"]));
        var error = await back.ExpectAsync<DaemonFrame.Error>();
        Assert.AreEqual((RefusalCode.Storage, "nova"), (error.Code, error.Room));
        await back.ExpectAsync<DaemonFrame.Joined>(j => j.Room == "geral");

        await LimitPagesAsync(daemon, 1_000_000);
        Assert.IsInstanceOfType<DaemonFrame.Welcome>(await LoginAsync(daemon, "caio"));
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("nova"));
    }

    /// <summary>The answer to a login by name. A refused login is tried a second time on the same connection.</summary>
    private static async Task<DaemonFrame> LoginAsync(TestDaemon daemon, string user)
    {
        await using var client = await daemon.ConnectAsync(user);
        var login = new ClientFrame.Login(user, Rooms: []);
        var answer = await client.AskAsync<DaemonFrame>(login);
        return answer is DaemonFrame.Error ? await client.AskAsync<DaemonFrame>(login) : answer;
    }

    private static Task<long> LimitPagesAsync(TestDaemon daemon, int count) =>
        daemon.Get<SqliteWriter>().WriteAsync(connection => Sql.Number(connection, $"PRAGMA max_page_count = {count}"));
}
