using Chat.Daemon.Messages;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Messages;

[TestClass]
public sealed class MessageRateTests
{
    private readonly TestTime time = new();

    /// <summary>Ten per second: forty pass at once, the next five seconds' worth are slowed down, the rest is refused.</summary>
    [TestMethod]
    public void ABurstPassesThenMessagesAreSlowedDownThenRefused()
    {
        var rate = new SendRate(time);
        for (var i = 0; i < 40; i++) Assert.AreEqual(default, rate.Take(10, 40));

        var slowed = 0;
        SendRate.Verdict verdict;
        for (; (verdict = rate.Take(10, 40)).RetryAfter is null; slowed++)
        {
            Assert.IsLessThan(100, slowed, "no message was refused");
            Assert.AreEqual(TimeSpan.FromMilliseconds(100), verdict.Wait);
            time.Advance(verdict.Wait);
        }
        Assert.IsInRange(45, 50, slowed);
        Assert.AreEqual(TimeSpan.FromSeconds(1), verdict.RetryAfter);

        time.Advance(TimeSpan.FromSeconds(5));
        for (var i = 0; i < 40; i++) Assert.AreEqual(default, rate.Take(10, 40));
        time.Advance(TimeSpan.FromDays(1));
        for (var i = 0; i < 40; i++) Assert.AreEqual(default, rate.Take(10, 40));
        Assert.AreNotEqual(default, rate.Take(10, 40));
    }

    [TestMethod]
    public async Task AClientThatWritesTooFastIsReadSlowlyThenRefused()
    {
        await using var daemon = await TestDaemon.StartAsync(
            null, time, ("Chat:Limits:MessagesPerSecond", "1"), ("Chat:Limits:MessageBurst", "40"));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia");

        for (var i = 1; i <= 60; i++) await ana.SendAsync(new ClientFrame.Message("a", "geral") { Id = $"{i}" });
        for (var i = 1; i <= 40; i++) await ana.ExpectAsync<DaemonFrame.Message>(m => m.Id == $"{i}");
        var last = ana.ExpectAsync<DaemonFrame.Error>(e => e.Id == "60");
        await Wait.UntilAsync(() => last.IsCompleted, async () =>
        {
            await bia.SettleAsync();
            time.Advance(TimeSpan.FromMilliseconds(50));
        });

        var error = await last;
        Assert.AreEqual((RefusalCode.RateLimited, null), (error.Code, error.Room));
        Assert.IsInRange(1, 1000, error.RetryAfter!.Value);
        var seq = (await ana.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"))).Messages[^1].Seq;
        Assert.IsInRange(43, 50, seq);
    }

    /// <summary>What is sent after a refusal, but before the client can know of it, must not pass: it would overtake.</summary>
    [TestMethod]
    public async Task NothingPassesBehindARefusedMessage()
    {
        await using var daemon = await TestDaemon.StartAsync(
            null, time, ("Chat:Limits:MessagesPerSecond", "1"), ("Chat:Limits:MessageBurst", "2"));
        await using var ana = await daemon.GuestAsync("ana", "geral", "outra");
        await using var bia = await daemon.GuestAsync("bia");
        var logged = await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("a", "geral") { Id = "logged" });
        var refusal = await WriteUntilRefusedAsync(ana, bia);
        Assert.IsNull(refusal.Room, "The rate is the connection's, not the room's.");
        var quiet = TimeSpan.FromMilliseconds(refusal.RetryAfter!.Value);

        ClientFrame[] later =
        [
            new ClientFrame.Message("b", "geral"), new ClientFrame.Message("c", "outra"), new ClientFrame.Message("d", To: "bia"),
            new ClientFrame.Message("/ajuda", "geral"), new ClientFrame.Command("ajuda"),
        ];
        foreach (var frame in later)
        {
            time.Advance(quiet - TimeSpan.FromMilliseconds(1));
            var error = await ana.AskAsync<DaemonFrame.Error>(frame);
            Assert.AreEqual(RefusalCode.RateLimited, error.Code);
            quiet = TimeSpan.FromMilliseconds(error.RetryAfter!.Value);
        }
        time.Advance(quiet - TimeSpan.FromMilliseconds(1));
        Assert.AreEqual(logged.Seq, (await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("a", "geral") { Id = "logged" })).Seq);
        await ana.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());

        time.Advance(TimeSpan.FromMilliseconds(1));
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("b", "geral"));
        await bia.ExpectNothingAsync();
    }

    private async Task<DaemonFrame.Error> WriteUntilRefusedAsync(TestClient writer, TestClient other)
    {
        for (var i = 1; i <= 20; i++) await writer.SendAsync(new ClientFrame.Message("a", "geral") { Id = $"{i}" });
        var last = writer.ExpectAsync<DaemonFrame.Error>(e => e.Id == "20");
        await Wait.UntilAsync(() => last.IsCompleted, async () =>
        {
            await other.SettleAsync();
            time.Advance(TimeSpan.FromMilliseconds(50));
        });
        await last;
        return await writer.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("a", "geral")); // the clock has moved since the last one
    }
}
