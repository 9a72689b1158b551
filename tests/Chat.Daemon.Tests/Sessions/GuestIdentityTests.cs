using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Sessions;

[TestClass]
public sealed class GuestIdentityTests
{
    private readonly TestTime time = new();

    [TestMethod]
    public async Task ANameIsHeldForItsTokenForThirtySeconds()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        var ana = await daemon.ConnectAsync("ana");
        var token = (await ana.LoginAsync("ana", "geral")).Token;
        await DisconnectAsync(ana);

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.AreEqual(RefusalCode.NameTaken, await LoginAsync(daemon, new ClientFrame.Login("ana")));
        Assert.AreEqual("ok", await LoginAsync(daemon, new ClientFrame.Login(Token: token)));

        time.Advance(TimeSpan.FromSeconds(31));
        Assert.AreEqual("ok", await LoginAsync(daemon, new ClientFrame.Login("ana")));
    }

    [TestMethod]
    public async Task ATokenIsRefusedWhileAnotherGuestHasItsName()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        var ana = await daemon.ConnectAsync("ana");
        var token = (await ana.LoginAsync("ana", "geral")).Token;
        await DisconnectAsync(ana);
        time.Advance(TimeSpan.FromSeconds(31));

        await using var other = await daemon.GuestAsync("ana");
        Assert.AreEqual(RefusalCode.NameTaken, await LoginAsync(daemon, new ClientFrame.Login(Token: token)));
        await other.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        await other.ExpectClosedAsync();
        Assert.AreEqual("ok", await LoginAsync(daemon, new ClientFrame.Login(Token: token)));
    }

    [TestMethod]
    public async Task ALogoutFreesTheNameAndRevokesTheToken()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.ConnectAsync("ana");
        var token = (await ana.LoginAsync("ana")).Token;

        await ana.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());

        Assert.AreEqual(RefusalCode.BadToken, await LoginAsync(daemon, new ClientFrame.Login(Token: token)));
        Assert.AreEqual("ok", await LoginAsync(daemon, new ClientFrame.Login("ana")));
        await daemon.RestartAsync();
        Assert.AreEqual(RefusalCode.BadToken, await LoginAsync(daemon, new ClientFrame.Login(Token: token)));
    }

    [TestMethod]
    [DataRow(23.9, "ok")]
    [DataRow(24.1, RefusalCode.BadToken)]
    public async Task AGuestsTokenExpiresAfterADayWithoutUse(double hours, string outcome)
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        var ana = await daemon.ConnectAsync("ana");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        var token = (await ana.LoginAsync("ana", "geral")).Token;
        await DisconnectAsync(ana);

        for (var i = 0; i < 60; i++) await AdvanceAsync(daemon, bia, TimeSpan.FromHours(hours / 60));

        Assert.AreEqual(outcome, await LoginAsync(daemon, new ClientFrame.Login(Token: token)));
    }

    [TestMethod]
    public async Task TokensAndHeldNamesSurviveARestart()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        var ana = await daemon.ConnectAsync("ana");
        var token = (await ana.LoginAsync("ana", "geral")).Token;

        var restart = daemon.RestartAsync();
        Assert.AreEqual(ByeReason.Shutdown, (await ana.ExpectAsync<DaemonFrame.Bye>()).Reason);
        await DisconnectAsync(ana);
        await restart.WaitAsync(Wait.Limit);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.AreEqual(RefusalCode.NameTaken, await LoginAsync(daemon, new ClientFrame.Login("ana")));
        Assert.AreEqual("ok", await LoginAsync(daemon, new ClientFrame.Login(Token: token)));

        await daemon.RestartAsync();
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.AreEqual("ok", await LoginAsync(daemon, new ClientFrame.Login("ana")));
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.AreEqual("ok", await LoginAsync(daemon, new ClientFrame.Login(Token: token)));
    }

    [TestMethod]
    public async Task ALaterGuestWithTheSameNameSeesNothingOfTheEarlierOne()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var bia = await daemon.GuestAsync("bia");
        await using var ana = await daemon.GuestAsync("ana");
        await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("segredo", To: "bia"));
        await bia.ExpectAsync<DaemonFrame.Message>(m => m.Text == "segredo");
        await ana.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        Assert.HasCount(1, (await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History(With: "ana"))).Messages);

        await using var other = await daemon.ConnectAsync("ana");
        Assert.IsEmpty((await other.LoginAsync(new ClientFrame.Login("ana", Rooms: []))).Direct);
        Assert.IsEmpty((await other.AskAsync<DaemonFrame.History>(new ClientFrame.History(With: "bia"))).Messages);
        Assert.IsEmpty((await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History(With: "ana"))).Messages);
        Assert.AreEqual(1, (await other.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("oi", To: "bia"))).Seq);
        Assert.AreEqual("oi", (await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History(With: "ana"))).Messages.Single().Text);
    }

    /// <summary>Advances the clock, and waits until the daemon has answered something since.</summary>
    private async Task AdvanceAsync(TestDaemon daemon, TestClient witness, TimeSpan passed)
    {
        time.Advance(passed);
        await witness.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"));
    }

    /// <summary>Ends the connection without a logout, and waits until the daemon has closed it.</summary>
    private static async Task DisconnectAsync(TestClient client)
    {
        client.ShutdownSend();
        await client.ExpectClosedAsync();
        await client.DisposeAsync();
    }

    /// <summary>Logs in and disconnects again. Returns the refusal's code, or "ok".</summary>
    private static async Task<string> LoginAsync(TestDaemon daemon, ClientFrame.Login login)
    {
        await using var client = await daemon.ConnectAsync();
        var answer = await client.AskAsync<DaemonFrame>(login with { Rooms = [] });
        await DisconnectAsync(client);
        return answer is DaemonFrame.Error error ? error.Code : "ok";
    }
}
