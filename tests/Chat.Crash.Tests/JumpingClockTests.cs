using System.Text.RegularExpressions;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Crash.Tests;

/// <summary>
/// A running daemon whose system clock is set forward and back: what lasts a time lasts that time, and the times of messages stay in order.
/// </summary>
[TestClass]
public sealed class JumpingClockTests
{
    private static readonly TimeSpan[] Jumps = [TimeSpan.FromDays(400), TimeSpan.FromDays(-400), TimeSpan.Zero, TimeSpan.FromHours(-1)];

    [TestMethod]
    public async Task TheTimesOfMessagesNeverGoBackAlsoAfterAKill()
    {
        await using var daemon = await FaultyDaemon.StartAsync();
        await using var ana = await daemon.ConnectAsync("ana");
        await ana.LoginAsync("ana", "geral");
        var began = (await ana.SayAsync("geral", "before")).At;
        daemon.SetClock(TimeSpan.FromHours(-1));
        List<DateTimeOffset> times = [began, (await ana.SayAsync("geral", "an hour back")).At];
        daemon.SetClock(TimeSpan.FromHours(1));
        times.Add((await ana.SayAsync("geral", "an hour ahead")).At);
        daemon.SetClock(TimeSpan.FromDays(-1));
        times.Add((await ana.SayAsync("geral", "a day back")).At);
        daemon.Process.Kill();
        await daemon.Process.ExitAsync();
        await daemon.Process.StartAgainAsync();
        await using var bia = await daemon.ConnectAsync("bia");
        await bia.LoginAsync("bia", "geral");
        times.Add((await bia.SayAsync("geral", "after the kill")).At);

        CollectionAssert.AreEqual(times.Order().ToList(), times);
        Assert.IsGreaterThan(TimeSpan.FromMinutes(59), times[2] - began, "the time of day is followed where it goes forward");
    }

    [TestMethod]
    public async Task MutesAndBansLast()
    {
        await using var daemon = await FaultyDaemon.StartAsync();
        await using var admin = await AdminAsync(daemon);
        await using var bia = await daemon.ConnectAsync("bia");
        await bia.LoginAsync("bia", "geral");
        await using var caio = await daemon.ConnectAsync("caio");
        await caio.LoginAsync("caio", "geral");
        await RunAsync(admin, "/mute bia 1h");
        await RunAsync(admin, "/ban caio 1h");
        await caio.ExpectClosedAsync();

        foreach (var jump in Jumps)
        {
            daemon.SetClock(jump);
            Assert.AreEqual(
                RefusalCode.Muted, (await bia.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("hello", "geral"))).Code, $"{jump}");
            await using var back = await daemon.ConnectAsync("caio");
            var banned = await back.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("caio", Rooms: []));
            Assert.AreEqual(RefusalCode.Banned, banned.Code, $"{jump}");
            Assert.IsInRange(1, (long)TimeSpan.FromHours(1).TotalMilliseconds, banned.RetryAfter!.Value, $"{jump}");
        }
    }

    [TestMethod]
    public async Task AMuteEndsAfterItsTimeAlthoughTheClockIsSetBack()
    {
        await using var daemon = await FaultyDaemon.StartAsync();
        await using var admin = await AdminAsync(daemon);
        await using var bia = await daemon.ConnectAsync("bia");
        await bia.LoginAsync("bia", "geral");
        await RunAsync(admin, "/mute bia 2s");
        daemon.SetClock(TimeSpan.FromDays(-1));

        var message = new ClientFrame.Message("hello", "geral");
        while (await bia.AskAsync<DaemonFrame>(message) is DaemonFrame.Error { RetryAfter: var wait } muted)
        {
            Assert.AreEqual(RefusalCode.Muted, muted.Code);
            Assert.IsInRange(1, 2_000, wait ?? 0);
            await Task.Delay(TimeSpan.FromMilliseconds(wait!.Value));
        }
    }

    /// <summary>A name is held, and a session is in memory, for 30 s after its connection broke.</summary>
    [TestMethod]
    public async Task HeldNamesAreFreeAfterTheirTimeAndTokensStayValid()
    {
        await using var daemon = await FaultyDaemon.StartAsync();
        string token;
        await using (var admin = await daemon.ConnectAsync("admin"))
        {
            token = (await admin.LoginAsync(new ClientFrame.Login("admin", FaultyDaemon.AdminPassword, Rooms: []))).Token!;
            await using var ana = await daemon.ConnectAsync("ana");
            await ana.LoginAsync(new ClientFrame.Login("ana", Rooms: []));
        }
        await daemon.Process.ErrorLineAsync(new Regex("Connection ended: session 1,"));
        await daemon.Process.ErrorLineAsync(new Regex("Connection ended: session 2,"));

        daemon.SetClock(TimeSpan.FromDays(1));
        Assert.AreEqual(RefusalCode.NameTaken, await RefusalOfAsync(daemon, "ana"));
        daemon.SetClock(TimeSpan.FromDays(-1));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await RefusalOfAsync(daemon, "ana") is not null) await Task.Delay(TimeSpan.FromSeconds(1), limit.Token);

        foreach (var jump in Jumps)
        {
            daemon.SetClock(jump);
            await using var back = await daemon.ConnectAsync();
            await back.LoginAsync(new ClientFrame.Login(Token: token, Rooms: []));
        }
    }

    [TestMethod]
    [DataRow(400)]
    [DataRow(-400)]
    public async Task ACountdownTakesItsTime(int days)
    {
        await using var daemon = await FaultyDaemon.StartAsync();
        await using var admin = await AdminAsync(daemon);
        await RunAsync(admin, "/encerrar 12s"); // the last ten seconds are announced
        daemon.SetClock(TimeSpan.FromDays(days));
        await admin.ExpectAsync<DaemonFrame.Notice>(notice => notice.Text.Contains("12", StringComparison.Ordinal));
        await admin.ExpectAsync<DaemonFrame.Notice>(notice => notice.Text.Contains("10", StringComparison.Ordinal));
        await admin.SayAsync("geral", "still here");

        Assert.AreEqual(0, await daemon.Process.ExitAsync());
    }

    private static async Task<TestClient> AdminAsync(FaultyDaemon daemon)
    {
        var admin = await daemon.ConnectAsync("admin");
        await admin.LoginAsync(new ClientFrame.Login("admin", FaultyDaemon.AdminPassword, Rooms: ["geral"]));
        return admin;
    }

    private static async Task RunAsync(TestClient client, string line) =>
        Assert.IsInstanceOfType<DaemonFrame.Reply>(await client.AskAsync<DaemonFrame>(new ClientFrame.Message(line, "geral")));

    private static async Task<string?> RefusalOfAsync(FaultyDaemon daemon, string user)
    {
        await using var client = await daemon.ConnectAsync(user);
        return (await client.AskAsync<DaemonFrame>(new ClientFrame.Login(user, Rooms: [])) as DaemonFrame.Error)?.Code;
    }
}
