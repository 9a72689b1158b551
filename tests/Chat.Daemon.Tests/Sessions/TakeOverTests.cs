using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Sessions;

[TestClass]
public sealed class TakeOverTests
{
    [TestMethod]
    public async Task ALoginByTokenTakesTheSessionOver()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await using var first = await daemon.ConnectAsync("first");
        var welcome = await first.LoginAsync("ana", "geral");

        await using var second = await daemon.ConnectAsync("second");
        var again = await second.LoginAsync(new ClientFrame.Login(Token: welcome.Token, Rooms: ["geral"]));

        Assert.AreEqual((welcome.User, welcome.Token), (again.User, again.Token));
        Assert.AreEqual(ByeReason.TakenOver, (await first.ExpectAsync<DaemonFrame.Bye>()).Reason);
        Assert.AreEqual(Ending.Ended, await first.ExpectClosedAsync());
        Assert.AreEqual("ana", (await second.SayAsync("geral", "oi")).From);
        Assert.HasCount(2, (await bia.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries);
    }

    [TestMethod]
    public async Task OfTenTakeOversAtOnceOneRemains()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var first = await daemon.ConnectAsync();
        var token = (await first.LoginAsync("ana", "geral")).Token;

        var rivals = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => daemon.ConnectAsync($"rival {i}")));
        await Task.WhenAll(rivals.Select(r => r.SendAsync(new ClientFrame.Login(Token: token, Rooms: ["geral"]))));
        await first.ExpectAsync<DaemonFrame.Bye>(b => b.Reason == ByeReason.TakenOver);
        var left = rivals.ToList();
        while (left.Count > 1)
        {
            var closed = await Task.WhenAny(left.Select(r => r.Closed)).WaitAsync(TestClient.DefaultDeadline);
            left.RemoveAll(r => r.Closed == closed);
        }

        var winner = left.Single();
        await winner.ExpectAsync<DaemonFrame.Joined>();
        Assert.AreEqual(1, (await winner.SayAsync("geral", "fiquei")).Seq);
        Assert.HasCount(1, (await winner.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries);
        foreach (var rival in rivals)
        {
            if (rival != winner) await rival.ExpectAsync<DaemonFrame.Bye>(b => b.Reason == ByeReason.TakenOver);
            await rival.DisposeAsync();
        }
    }

    /// <summary>
    /// A message that the old connection began to append is in the log before <c>welcome</c>. The rest is dropped there and resent here,
    /// so every message is logged once and in order.
    /// </summary>
    [TestMethod]
    [DataRow("full")]
    [DataRow("normal")]
    [DataRow("none")]
    public async Task ATakeOverOfABusyConnectionLosesAndRepeatsNothing(string durability)
    {
        const int Count = 600;
        await using var daemon = await TestDaemon.StartAsync(("Chat:History:Durability", durability));
        await using var bia = await daemon.GuestAsync("bia", "geral");
        var old = await daemon.ConnectAsync("old");
        var token = (await old.LoginAsync("ana", "geral")).Token;

        var next = 1;
        for (var round = 0; round < 5; round++)
        {
            for (var i = next; i <= Count; i++)
                await old.SendAsync(new ClientFrame.Message($"{i}", "geral") { Id = $"{i}" });
            var fresh = await daemon.ConnectAsync("fresh");
            var joined = await JoinAsync(fresh, token!);
            await old.ExpectClosedAsync();
            var echoed = old.Waiting.Select(w => w.Frame).OfType<DaemonFrame.Message>().Select(m => m.Seq);
            next = 1 + (int)echoed.DefaultIfEmpty(next - 1).Max();
            Assert.AreEqual(next - 1, joined.Seq, "every message appended on the old connection is echoed there");
            Assert.AreEqual(ByeReason.TakenOver, old.Waiting.Select(w => w.Frame).OfType<DaemonFrame.Bye>().Single().Reason);
            await old.DisposeAsync();
            old = fresh;
        }
        for (var i = next; i <= Count; i++)
        {
            var echo = await old.AskAsync<DaemonFrame.Message>(new ClientFrame.Message($"{i}", "geral") { Id = $"{i}" });
            Assert.AreEqual((i, $"{i}"), ((int)echo.Seq, echo.Text));
        }
        for (var i = 1; i <= Count; i++)
        {
            var message = await bia.ExpectAsync<DaemonFrame.Message>();
            Assert.AreEqual((i, $"{i}"), ((int)message.Seq, message.Text));
        }
        await bia.ExpectNothingAsync();
        await old.DisposeAsync();
    }

    private static async Task<DaemonFrame.Joined> JoinAsync(TestClient client, string token)
    {
        await client.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login(Token: token, Rooms: []));
        return await client.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
    }
}
