using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Messages;

[TestClass]
public sealed class OrderTests
{
    [TestMethod]
    public async Task MessagesOfTwoUsersReachBothInOneOrder()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");

        var first = await ana.SayAsync("geral", "oi");
        var second = await bia.SayAsync("geral", "olá");

        Assert.AreEqual((1L, 2L), (first.Seq, second.Seq));
        Assert.AreEqual("oi", (await bia.ExpectAsync<DaemonFrame.Message>(m => m.Seq == 1)).Text);
        Assert.AreEqual("olá", (await ana.ExpectAsync<DaemonFrame.Message>(m => m.Seq == 2)).Text);
    }

    [TestMethod]
    [DataRow("full")]
    [DataRow("none")]
    public async Task AllMembersSeeOneOrderWithoutGapsOrRepeats(string durability)
    {
        const int Members = 12, Each = 250;
        await using var daemon = await TestDaemon.StartAsync(("Chat:History:Durability", durability));
        var clients = await Task.WhenAll(Enumerable.Range(0, Members).Select(i => daemon.GuestAsync($"m{i}", "geral")));

        await Task.WhenAll(clients.Select(async c =>
        {
            for (var i = 0; i < Each; i++) await c.SendAsync(new ClientFrame.Message($"{i}", "geral") { Id = i % 2 == 0 ? $"{i}" : null });
        }));

        var views = new List<string>();
        foreach (var client in clients)
        {
            var next = clients.ToDictionary(c => c.Name, _ => 0);
            var view = new List<string>();
            for (var seq = 1; seq <= Members * Each; seq++)
            {
                var message = await client.ExpectAsync<DaemonFrame.Message>();
                Assert.AreEqual((seq, $"{next[message.From]++}"), ((int)message.Seq, message.Text));
                var hasId = message.From == client.Name && int.Parse(message.Text, null) % 2 == 0;
                Assert.AreEqual(hasId ? message.Text : null, message.Id);
                view.Add($"{message.From} {message.Text}");
            }
            views.Add(string.Join('\n', view));
        }
        Assert.AreEqual(1, views.Distinct().Count());
        foreach (var client in clients)
        {
            await client.ExpectNothingAsync();
            await client.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task AnAnswerComesAfterTheEchoesOfEarlierMessages()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:History:Durability", "full"));
        await using var ana = await daemon.GuestAsync("ana", "geral", "outra");
        await using var bia = await daemon.GuestAsync("bia", "geral");

        for (var round = 1; round <= 30; round++)
        {
            await ana.SendAsync(new ClientFrame.Message("a", "geral") { Id = $"m1/{round}" });
            await ana.SendAsync(new ClientFrame.Message("b", "outra") { Id = $"m2/{round}" });
            await ana.SendAsync(new ClientFrame.Message("c", To: "bia") { Id = $"m3/{round}" });
            await ana.SendAsync(new ClientFrame.Message("", "geral") { Id = "e" });
            await ana.SendAsync(new ClientFrame.Ping { Id = "p" });
            await ana.SendAsync(new ClientFrame.Message("d", "geral") { Id = $"m4/{round}" });
            await ana.SendAsync(new ClientFrame.History("geral") { Id = "h" });
            await ana.SendAsync(new ClientFrame.Message("e", "outra") { Id = $"m5/{round}" });
            await ana.SendAsync(new ClientFrame.Leave("outra") { Id = "l" });
            await ana.SendAsync(new ClientFrame.Join("outra") { Id = "j" });

            List<string> ids = [];
            while (ids.LastOrDefault() != "j")
            {
                if ((await ana.NextAsync()).Frame is not { Id: { } id } frame) continue;
                var isStale = frame is DaemonFrame.History history && history.Messages[^1].Seq != 2 * round;
                ids.Add(isStale ? "stale" : id.Split('/')[0]);
            }
            CollectionAssert.AreEquivalent((string[])["m1", "m2", "m3", "e"], ids[..4]);
            CollectionAssert.AreEqual((string[])["p", "m4", "h", "m5", "l", "j"], ids[4..]);
            await bia.ExpectAsync<DaemonFrame.Message>(m => m.To == "bia" && m.Seq == round);
        }
    }

    [TestMethod]
    public async Task APongComesAfterTheOthersHaveTheEarlierMessages()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");

        for (var i = 1; i <= 50; i++)
        {
            await ana.SendAsync(new ClientFrame.Message("a", "geral"));
            await ana.SettleAsync();
            await bia.SettleAsync();
            Assert.AreEqual(i, bia.Waiting.Count(w => w.Frame is DaemonFrame.Message));
        }
    }

    [TestMethod]
    public async Task JoiningABusyRoomMissesAndRepeatsNothing()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var writers = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => daemon.GuestAsync($"w{i}", "geral")));
        await using var bia = await daemon.GuestAsync("bia");
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(writers.Select(w => WriteAsync(w, stop.Token)));

        var seen = 0L;
        for (var round = 0; round < 60; round++)
        {
            var joined = await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral", seen));
            seen = CheckOrder(joined.Messages, seen);
            if (!joined.More) Assert.AreEqual(joined.Seq, seen);
            await Wait.UntilAsync(() => seen >= joined.Seq, async () =>
            {
                var history = await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral", After: seen));
                seen = CheckOrder(history.Messages.Where(m => m.Seq <= joined.Seq), seen);
            });
            if (round % 3 == 0) seen = CheckOrder([await bia.ExpectAsync<DaemonFrame.Message>()], seen);
            await bia.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
            seen = CheckOrder(await TakeArrivedAsync(bia), seen);
        }
        await stop.CancelAsync();
        await load.WaitAsync(Wait.Limit);
        Assert.IsGreaterThan(60, seen);
        foreach (var writer in writers) await writer.DisposeAsync();
    }

    private static async Task WriteAsync(TestClient writer, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            for (var i = 0; i < 20; i++) await writer.SendAsync(new ClientFrame.Message("x", "geral") { Id = $"{i}-{Guid.NewGuid():N}" });
            await writer.SettleAsync();
            await TakeArrivedAsync(writer);
        }
    }

    /// <summary>Takes all frames that have arrived; returns the messages.</summary>
    private static async Task<List<DaemonFrame.Message>> TakeArrivedAsync(TestClient client)
    {
        List<DaemonFrame.Message> messages = [];
        for (var waiting = client.Waiting.Count; waiting > 0; waiting--)
            if ((await client.NextAsync()).Frame is DaemonFrame.Message message) messages.Add(message);
        return messages;
    }

    /// <summary>The messages continue after the number without a gap; returns the last number.</summary>
    private static long CheckOrder(IEnumerable<DaemonFrame.Message> messages, long seen)
    {
        foreach (var message in messages) Assert.AreEqual(++seen, message.Seq);
        return seen;
    }
}
