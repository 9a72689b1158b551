using System.Text;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Sessions;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Transport;

[TestClass]
public sealed class SlowConsumerTests
{
    private static readonly string Long = new('á', 4000);

    [TestMethod]
    [DataRow("tcp")]
    [DataRow("http")]
    public async Task ASlowConsumerIsDisconnectedAndResumesWhileOthersNeverWait(string scheme)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await using var slow = await daemon.ConnectAsync("slow", new TestTransport(scheme), receiveBuffer: 4096);
        var token = (await slow.LoginAsync("slow", "geral")).Token;
        slow.PauseReading();

        var sent = 0;
        while ((await ana.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries.Count == 3)
        {
            for (var i = 0; i < 20; i++, sent++) await ana.SayAsync("geral", Long);
            Assert.IsLessThan(4000, sent, "the slow consumer is still connected");
        }
        for (var seq = 1; seq <= sent; seq++) Assert.AreEqual(seq, (await bia.ExpectAsync<DaemonFrame.Message>()).Seq);

        slow.ResumeReading();
        var seen = 0L;
        while ((await slow.NextAsync()).Frame is var frame and not DaemonFrame.Bye)
            if (frame is DaemonFrame.Message message) Assert.AreEqual(++seen, message.Seq);
            else Assert.IsTrue(frame is DaemonFrame.Hello or DaemonFrame.Presence, $"{frame}");
        await using var again = await daemon.ConnectAsync("slow");
        await again.LoginAsync(new ClientFrame.Login(Token: token, Rooms: []));
        var joined = await again.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral", seen));
        Assert.AreEqual(sent, joined.Seq);
        Assert.AreEqual(seen + 1, joined.Messages[0].Seq);
    }

    [TestMethod]
    [DataRow("tcp")]
    [DataRow("http")]
    public async Task AClientThatNeverReadsAgainIsAborted(string scheme)
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Limits:OutboxBytes", "65536"));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var dead = await daemon.ConnectAsync("dead", new TestTransport(scheme), receiveBuffer: 4096);
        await dead.LoginAsync("dead", "geral");
        dead.PauseReading();

        await Wait.UntilAsync(() => daemon.Get<DaemonMetrics>().ConnectionsOpen.Value != 2, () => ana.SayAsync("geral", Long));

        Assert.HasCount(1, (await ana.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries);
    }

    [TestMethod]
    public async Task UnreadAnswersDoNotDisconnectAClient()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Limits:OutboxBytes", "4096"));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        for (var i = 0; i < 60; i++) await ana.SendAsync(new ClientFrame.Message(Long, "geral") { Id = $"m{i}" });
        for (var i = 0; i < 60; i++) await ana.ExpectAsync<DaemonFrame.Message>();

        await using var bia = await daemon.ConnectAsync("bia", receiveBuffer: 4096);
        await bia.LoginAsync("bia", "geral");
        bia.PauseReading();
        for (var i = 0; i < 50; i++) await bia.SendAsync(new ClientFrame.History("geral", Limit: 500) { Id = $"h{i}" });
        bia.ResumeReading();

        for (var i = 0; i < 50; i++)
        {
            var history = await bia.ExpectAsync<DaemonFrame.History>(h => h is { More: true, Messages.Count: > 20 });
            Assert.AreEqual($"h{i}", history.Id);
        }
        Assert.IsFalse(bia.Closed.IsCompleted);
    }

    [TestMethod]
    public async Task AMessageLargerThanTheOutboxReachesAClientThatReads()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Limits:OutboxBytes", "4096"));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");

        Assert.AreEqual(1, (await ana.SayAsync("geral", Long)).Seq);
        Assert.AreEqual(Long, (await bia.ExpectAsync<DaemonFrame.Message>()).Text);
        await bia.SettleAsync();
        Assert.IsFalse(bia.Closed.IsCompleted);
    }

    [TestMethod]
    public async Task ManyLongMessagesAtOnceDoNotDisconnectAClientThatReads()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        var text = new string('語', 4000);

        for (var i = 1; i <= 130; i++) await ana.SendAsync(new ClientFrame.Message(text, "geral") { Id = $"{i}" });

        for (var seq = 1; seq <= 130; seq++)
        {
            Assert.AreEqual(seq, (await bia.ExpectAsync<DaemonFrame.Message>()).Seq);
            Assert.AreEqual($"{seq}", (await ana.ExpectAsync<DaemonFrame.Message>(m => m.Seq == seq)).Id);
        }
    }

    [TestMethod]
    [DataRow("tcp")]
    [DataRow("http")]
    public async Task FramesOfAClientThatDoesNotReadAreNotRead(string scheme)
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Limits:OutboxBytes", "4096"));
        await using var ana = await daemon.ConnectAsync("ana", new TestTransport(scheme), receiveBuffer: 4096);
        await ana.LoginAsync("ana");
        ana.PauseReading();
        const int Count = 60_000;
        var flood = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""{"type":"?","id":"x"}""" + "\n", Count)));

        var sending = ana.SendBytesAsync(flood);
        await using var bia = await daemon.GuestAsync("bia");
        var connections = daemon.Get<ConnectionServer>();
        await Wait.UntilAsync(() => connections.OutboxBytes >= 2048, bia.SettleAsync);
        for (var i = 0; i < 500; i++)
        {
            await bia.SettleAsync();
            Assert.IsLessThan(65_536, connections.OutboxBytes);
        }

        ana.ResumeReading();
        await sending;
        for (var i = 0; i < Count; i++)
            Assert.AreEqual(RefusalCode.UnknownType, (await ana.ExpectAsync<DaemonFrame.Error>()).Code);
    }
}
