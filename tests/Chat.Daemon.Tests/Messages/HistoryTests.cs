using Chat.Daemon.Rooms;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Messages;

[TestClass]
public sealed class HistoryTests
{
    [TestMethod]
    public async Task PagesGoForwardAndBackAndTellWhetherThereIsMore()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await WriteAsync(ana, 120, "curta");

        Assert.AreEqual((71L, 120L, 50, true), await PageAsync(ana, new("geral")));
        Assert.AreEqual((1L, 50L, 50, true), await PageAsync(ana, new("geral", After: 0)));
        Assert.AreEqual((101L, 120L, 20, false), await PageAsync(ana, new("geral", After: 100)));
        Assert.AreEqual((1L, 20L, 20, false), await PageAsync(ana, new("geral", Before: 21)));
        Assert.AreEqual((1L, 50L, 50, false), await PageAsync(ana, new("geral", Before: 51)));
        Assert.AreEqual((2L, 51L, 50, true), await PageAsync(ana, new("geral", Before: 52)));
        Assert.AreEqual((1L, 120L, 120, false), await PageAsync(ana, new("geral", Limit: 500)));
        Assert.AreEqual((0L, 0L, 0, false), await PageAsync(ana, new("geral", After: 120)));
        Assert.AreEqual((0L, 0L, 0, false), await PageAsync(ana, new("geral", After: long.MaxValue)));
        Assert.AreEqual((0L, 0L, 0, false), await PageAsync(ana, new("geral", Before: 1)));
        Assert.AreEqual((0L, 0L, 0, false), await PageAsync(ana, new("geral", Before: 0)));
        Assert.AreEqual((71L, 120L, 50, true), await PageAsync(ana, new("geral", Before: long.MaxValue)));
        Assert.AreEqual((120L, 120L, 1, false), await PageAsync(ana, new("geral", After: 119, Limit: 1)));
    }

    [TestMethod]
    public async Task LongMessagesComeInPagesThatFitAFrame()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await WriteAsync(ana, 500, new string('語', 3990));

        var seen = 0L;
        var pages = 0;
        for (var more = true; more; pages++)
        {
            Assert.IsLessThan(30, pages);
            // The test client rejects a frame over the limit.
            var history = await ana.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral", After: seen, Limit: 500));
            foreach (var message in history.Messages) Assert.AreEqual(++seen, message.Seq);
            more = history.More;
        }
        Assert.AreEqual(500, seen);
        Assert.IsLessThan(30, pages);

        var newest = await ana.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral", Limit: 500));
        Assert.AreEqual((500L, true), (newest.Messages[^1].Seq, newest.More));
        await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave("geral"));
        var joined = await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral", 0));
        Assert.AreEqual((500L, 1L, 1L, true), (joined.Seq, joined.First, joined.Messages[0].Seq, joined.More));
    }

    [TestMethod]
    public async Task PagesWaitForTheirTurnAndAreNotRefused()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await bia.SayAsync("geral", "um");
        var turns = new List<PageTurns.Turn>();
        for (var i = 0; i < PageTurns.AtOnce; i++) turns.Add(await daemon.Get<PageTurns>().TakeAsync(CancellationToken.None));

        await ana.SendAsync(new ClientFrame.History("geral") { Id = "página" });
        await ana.SendAsync(new ClientFrame.Join("geral", After: 0) { Id = "entrada" });
        for (var i = 0; i < 20; i++) await bia.SayAsync("geral", "enquanto isso");
        await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral")); // it asks for no page
        await ana.ExpectAsync<DaemonFrame.Message>(m => m.Seq == 21);
        Assert.IsFalse(ana.Waiting.Any(w => w.Frame is DaemonFrame.History or DaemonFrame.Joined));

        foreach (var turn in turns) turn.Dispose();
        Assert.HasCount(21, (await ana.ExpectAsync<DaemonFrame.History>(h => h.Id == "página")).Messages);
        Assert.HasCount(21, (await ana.ExpectAsync<DaemonFrame.Joined>(j => j.Id == "entrada")).Messages);
    }

    private static async Task WriteAsync(TestClient ana, int count, string text)
    {
        for (var i = 1; i <= count; i++) await ana.SendAsync(new ClientFrame.Message($"{text} {i}", "geral"));
        await ana.ExpectAsync<DaemonFrame.Message>(m => m.Seq == count);
    }

    /// <summary>The page's first and last number, how many messages it has, and whether there are more.</summary>
    private static async Task<(long First, long Last, int Count, bool More)> PageAsync(TestClient client, ClientFrame.History frame)
    {
        var history = await client.AskAsync<DaemonFrame.History>(frame);
        for (var i = 1; i < history.Messages.Count; i++) Assert.AreEqual(history.Messages[i - 1].Seq + 1, history.Messages[i].Seq);
        var messages = history.Messages;
        return messages is [var first, ..] ? (first.Seq, messages[^1].Seq, messages.Count, history.More) : (0, 0, 0, history.More);
    }
}
