using Chat.Daemon.Messages;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Sessions;

[TestClass]
public sealed class LimitTests
{
    private readonly TestTime time = new();

    /// <summary>At ten a second: forty at once, then five seconds' worth more slowly, and only then refused.</summary>
    [TestMethod]
    public void TheRateBearsABurstThenSlowsThenRefuses()
    {
        var rate = new SendRate(time);
        for (var i = 0; i < 40; i++) Assert.AreEqual(default, rate.Take(10, 40));

        var slowed = 0;
        SendRate.Verdict verdict;
        for (; (verdict = rate.Take(10, 40)).RetryAfter is null; slowed++)
        {
            Assert.AreEqual(TimeSpan.FromMilliseconds(100), verdict.Wait);
            time.Advance(verdict.Wait);
        }
        Assert.IsInRange(45, 50, slowed);
        Assert.AreEqual(TimeSpan.FromMilliseconds(100), verdict.RetryAfter);

        time.Advance(TimeSpan.FromSeconds(5));
        for (var i = 0; i < 40; i++) Assert.AreEqual(default, rate.Take(10, 40));
        time.Advance(TimeSpan.FromDays(1));
        for (var i = 0; i < 40; i++) Assert.AreEqual(default, rate.Take(10, 40));
        Assert.AreNotEqual(default, rate.Take(10, 40));
    }

    [TestMethod]
    public async Task WhoWritesTooFastIsReadSlowlyThenRefused()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time, ("Chat:Limits:MessagesPerSecond", "1"), ("Chat:Limits:MessageBurst", "40"));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia");

        for (var i = 1; i <= 60; i++) await ana.SendAsync(new ClientFrame.Message("a", "geral") { Id = $"{i}" });
        for (var i = 1; i <= 40; i++) await ana.ExpectAsync<DaemonFrame.Message>(m => m.Id == $"{i}");
        var last = ana.ExpectAsync<DaemonFrame.Error>(e => e.Id == "60");
        while (!last.IsCompleted)
        {
            await bia.SettleAsync();
            time.Advance(TimeSpan.FromMilliseconds(50));
        }

        var error = await last;
        Assert.AreEqual((RefusalCode.RateLimited, "geral"), (error.Code, error.Room));
        Assert.IsInRange(1, 1000, error.RetryAfter!.Value);
        var seq = (await ana.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"))).Messages[^1].Seq;
        Assert.IsInRange(43, 50, seq);
    }

    [TestMethod]
    public async Task LoginsOfAnAddressAreLimitedButNotThoseByToken()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time, ("Chat:Limits:LoginsPerMinute", "3"));
        await using var ana = await daemon.ConnectAsync("ana");
        var token = (await ana.LoginAsync("ana")).Token;
        for (var i = 0; i < 5; i++)
        {
            await using var again = await daemon.ConnectAsync("ana");
            await again.LoginAsync(new ClientFrame.Login(Token: token, Rooms: []));
        }
        await using var other = await daemon.ConnectAsync();
        await other.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("admin", "x"));
        await other.AskAsync<DaemonFrame.Error>(new ClientFrame.Login(Token: "bad"));
        var error = await other.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("bia"));
        Assert.AreEqual((RefusalCode.RateLimited, 20_000), (error.Code, error.RetryAfter));
        Assert.AreEqual(RefusalCode.RateLimited, (await other.AskAsync<DaemonFrame.Error>(new ClientFrame.Login(Token: "bad"))).Code);
        Assert.AreEqual(RefusalCode.RateLimited, (await other.AskAsync<DaemonFrame.Error>(new ClientFrame.Register("bia", "uma senha bem comprida"))).Code);
        time.Advance(TimeSpan.FromMilliseconds(error.RetryAfter!.Value));
        await other.LoginAsync("bia");
    }

    [TestMethod]
    public async Task ConnectionsOfAnAddressAreLimited()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Limits:ConnectionsPerAddress", "2"));
        await using var ana = await daemon.GuestAsync("ana");
        await using var bia = await daemon.GuestAsync("bia");

        await using (var third = await daemon.ConnectAsync())
        {
            await third.ExpectAsync<DaemonFrame.Hello>(h => h.Limits.ConnectionsPerAddress == 2);
            Assert.AreEqual(ByeReason.TooManyConnections, (await third.ExpectAsync<DaemonFrame.Bye>()).Reason);
            Assert.AreEqual(Ending.Ended, await third.ExpectClosedAsync());
        }
        await bia.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        await bia.DisposeAsync();
        while (!await MayConnectAsync(daemon)) await ana.SettleAsync();
    }

    [TestMethod]
    public async Task WhoDoesNotLogInIsClosedAndWhoHasMayBeIdle()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var nobody = await daemon.ConnectAsync("nobody");
        await nobody.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());

        time.Advance(TimeSpan.FromSeconds(31));
        Assert.AreEqual(ByeReason.LoginTimeout, (await nobody.ExpectAsync<DaemonFrame.Bye>()).Reason);
        Assert.AreEqual(Ending.Ended, await nobody.ExpectClosedAsync());
        time.Advance(TimeSpan.FromDays(3));
        Assert.AreEqual(1, (await ana.SayAsync("geral", "ainda")).Seq);
    }

    private static async Task<bool> MayConnectAsync(TestDaemon daemon)
    {
        await using var client = await daemon.ConnectAsync();
        await client.SendAsync(new ClientFrame.Ping());
        await client.ExpectAsync<DaemonFrame.Hello>();
        return (await client.NextAsync()).Frame is DaemonFrame.Pong;
    }
}
