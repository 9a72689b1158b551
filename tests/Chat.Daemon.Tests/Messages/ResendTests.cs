using Chat.Daemon.Rooms;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Messages;

/// <summary>A message that is resent with its id is echoed again and logged once.</summary>
[TestClass]
public sealed class ResendTests
{
    private static readonly ClientFrame.Message ToRoom = new("oi", "geral") { Id = "x1" };
    private static readonly ClientFrame.Message ToBia = new("oi", To: "bia") { Id = "x1" };

    [TestMethod]
    [DataRow("full")]
    [DataRow("none")]
    public async Task AResendIsEchoedAgainOnTheSameConnection(string durability)
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:History:Durability", durability));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");

        for (var i = 0; i < 5; i++) await ana.SendAsync(ToRoom);
        for (var i = 0; i < 5; i++) await ana.SendAsync(ToBia);

        foreach (var direct in (bool[])[false, true])
        {
            for (var i = 0; i < 5; i++)
            {
                var echo = await ana.ExpectAsync<DaemonFrame.Message>(m => direct ? m.To == "bia" : m.Room is not null);
                Assert.AreEqual(("x1", 1L), (echo.Id, echo.Seq));
            }
        }
        await bia.ExpectAsync<DaemonFrame.Message>();
        await bia.ExpectAsync<DaemonFrame.Message>();
        await bia.ExpectNothingAsync();
        Assert.AreEqual(2, (await ana.SayAsync("geral", "outra")).Seq);
    }

    [TestMethod]
    public async Task AResendIsEchoedAgainAfterAReconnectAndAfterARestart()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await daemon.ConnectAsync("bia");
        await bia.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Register("bia", "uma senha bem comprida"));
        string token;
        await using (var ana = await daemon.ConnectAsync("ana"))
        {
            token = (await ana.LoginAsync("ana", "geral")).Token!;
            foreach (var frame in (ClientFrame.Message[])[ToRoom, ToBia])
                Assert.AreEqual(1, (await ana.AskAsync<DaemonFrame.Message>(frame)).Seq);
        }
        for (var round = 0; round < 2; round++)
        {
            await using var ana = await daemon.ConnectAsync("ana");
            await ana.LoginAsync(new ClientFrame.Login(Token: token, Rooms: ["geral"]));
            foreach (var frame in (ClientFrame.Message[])[ToRoom, ToBia])
            {
                var echo = await ana.AskAsync<DaemonFrame.Message>(frame);
                Assert.AreEqual((1L, "oi"), (echo.Seq, echo.Text));
            }
            Assert.AreEqual(2 + round, (await ana.SayAsync("geral", "nova")).Seq);
            await daemon.RestartAsync();
        }
    }

    [TestMethod]
    public async Task AResendIsEchoedBeforeAnyOtherCheck()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Limits:MessagesPerSecond", "1"), ("Chat:Limits:MessageBurst", "2"));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia");
        await ana.AskAsync<DaemonFrame.Message>(ToRoom);
        await ana.AskAsync<DaemonFrame.Message>(ToBia);

        await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        for (var i = 0; i < 20; i++) Assert.AreEqual(1, (await ana.AskAsync<DaemonFrame.Message>(ToRoom)).Seq);
        Assert.AreEqual(RefusalCode.NotInRoom, (await ana.AskAsync<DaemonFrame.Error>(ToRoom with { Id = "x2" })).Code);

        await bia.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        Assert.AreEqual(1, (await ana.AskAsync<DaemonFrame.Message>(ToBia)).Seq);
        Assert.AreEqual(RefusalCode.NoSuchUser, (await ana.AskAsync<DaemonFrame.Error>(ToBia with { Id = "x2" })).Code);

        await using var other = await daemon.GuestAsync("bia");
        Assert.AreEqual(1, (await ana.AskAsync<DaemonFrame.Message>(ToBia)).Seq);
        await other.ExpectNothingAsync();
    }

    /// <summary>The daemon once took one for the other and waited forever for a message that was not in flight.</summary>
    [TestMethod]
    [Timeout(30_000)]
    public async Task IdsWithTheSameHashAreEachEchoedAgain()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        var ids = IdsWithTheSameHash();
        foreach (var id in ids) await ana.SendAsync(new ClientFrame.Message(id, "geral") { Id = id });
        foreach (var id in ids) await ana.ExpectAsync<DaemonFrame.Message>(m => m.Id == id);

        for (var i = 0; i < ids.Length; i++)
        {
            var echo = await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message(ids[i], "geral") { Id = ids[i] });
            Assert.AreEqual((i + 1L, ids[i]), (echo.Seq, echo.Text));
        }
    }

    [TestMethod]
    public async Task AThousandIdsAreRemembered()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync("ana");
        var token = (await ana.LoginAsync("ana", "geral")).Token;
        for (var i = 1; i <= ProtocolLimits.RememberedIds; i++)
            await ana.SendAsync(new ClientFrame.Message($"{i}", "geral") { Id = $"{i}" });
        await ana.ExpectAsync<DaemonFrame.Message>(m => m.Seq == ProtocolLimits.RememberedIds);
        await ResendAllAsync(ana);

        await daemon.RestartAsync();
        await using var again = await daemon.ConnectAsync("ana");
        await again.LoginAsync(new ClientFrame.Login(Token: token, Rooms: ["geral"]));
        await ResendAllAsync(again);
        Assert.AreEqual(ProtocolLimits.RememberedIds + 1, (await again.SayAsync("geral", "a última")).Seq);
    }

    [TestMethod]
    public async Task AnIdBelongsToItsSessionAndConversation()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral", "outra");
        await using var bia = await daemon.GuestAsync("bia", "geral");

        Assert.AreEqual(1, (await ana.AskAsync<DaemonFrame.Message>(ToRoom)).Seq);
        Assert.AreEqual(1, (await ana.AskAsync<DaemonFrame.Message>(ToRoom with { Room = "outra" })).Seq);
        await bia.ExpectAsync<DaemonFrame.Message>();
        Assert.AreEqual(2, (await bia.AskAsync<DaemonFrame.Message>(ToRoom)).Seq);
    }

    [TestMethod]
    public async Task AMessageIsEchoedThoughItsSenderHasLeftTheRoom()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:History:Durability", "full"));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        for (var i = 1; i <= 100; i++)
        {
            await ana.SendAsync(new ClientFrame.Message("a", "geral") { Id = $"{i}" });
            await ana.SendAsync(new ClientFrame.Leave("geral"));
            await ana.SendAsync(new ClientFrame.Join("geral"));
        }
        for (var i = 1; i <= 100; i++)
        {
            var echo = await ana.ExpectAsync<DaemonFrame.Message>();
            Assert.AreEqual((i, $"{i}"), ((int)echo.Seq, echo.Id));
        }
    }

    /// <summary>Found by trial: among 100,000 ids, two usually share one of 2³² hashes.</summary>
    private static string[] IdsWithTheSameHash()
    {
        var seen = new Dictionary<int, string>();
        for (var i = 0; i < 1_000_000; i++)
        {
            var id = $"id {i}";
            if (!seen.TryAdd(RecentIds.HashOf(id), id)) return [seen[RecentIds.HashOf(id)], id];
        }
        throw new AssertFailedException("No two of a million ids have the same hash.");
    }

    private static async Task ResendAllAsync(TestClient ana)
    {
        for (var i = 1; i <= ProtocolLimits.RememberedIds; i++)
            await ana.SendAsync(new ClientFrame.Message("nova?", "geral") { Id = $"{i}" });
        for (var i = 1; i <= ProtocolLimits.RememberedIds; i++)
        {
            var echo = await ana.ExpectAsync<DaemonFrame.Message>();
            Assert.AreEqual((i, $"{i}", $"{i}"), ((int)echo.Seq, echo.Text, echo.Id));
        }
    }
}
