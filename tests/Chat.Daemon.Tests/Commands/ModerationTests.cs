using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;

namespace Chat.Daemon.Tests.Commands;

/// <summary>Kicked, banned, silent: what the others see, and when it is over.</summary>
[TestClass]
public sealed class ModerationTests
{
    [TestMethod]
    public async Task AKickedUserMayComeBack()
    {
        await using var users = await TestUsers.StartAsync();
        var max = await users.EnterAsync("max", Role.Moderator);
        var (ana, bia) = (await users.EnterAsync("ana"), await users.EnterAsync("bia", lang: "en"));

        Assert.AreEqual("Você tirou ana da sala.", await max.TypeAsync("/kick ana propaganda"));

        Assert.AreEqual(("geral", "kicked"), await LeftAsync(ana));
        Assert.AreEqual(("max kicked ana from the room. Reason: propaganda", "geral"), await NoticeAsync(bia));
        Assert.AreEqual(("max tirou ana da sala. Motivo: propaganda", "geral"), await NoticeAsync(max));
        Assert.AreEqual("not_in_room", await ana.TypeAsync("oi"));
        var again = await max.RefusalAsync("/kick ana");
        Assert.AreEqual(("not_in_room", "ana não está nesta sala."), (again.Code, again.Text));
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        await ana.SayAsync("geral", "voltei");
    }

    /// <summary>As on a full disk: the list cannot be written.</summary>
    [TestMethod]
    public async Task AKickWorksWhenTheListCannotBeWritten()
    {
        await using var users = await TestUsers.StartAsync();
        var max = await users.EnterAsync("max", Role.Moderator);
        var mia = await users.EnterAsync("mia", Role.Member);
        await users.Daemon.Get<SqliteWriter>().WriteAsync(connection => Sql.Execute(
            connection, "CREATE TRIGGER full BEFORE DELETE ON room_list BEGIN SELECT RAISE(ABORT, 'full'); END"));

        Assert.AreEqual("storage", await max.TypeAsync("/kick mia propaganda"));

        Assert.AreEqual(("geral", "kicked"), await LeftAsync(mia));
        Assert.AreEqual(("max tirou mia da sala. Motivo: propaganda", "geral"), await NoticeAsync(max));
        await users.Daemon.Get<SqliteWriter>().WriteAsync(connection => Sql.Execute(connection, "DROP TRIGGER full"));
        Assert.AreEqual("Você tirou mia da sala.", await max.TypeAsync("/kick mia propaganda"), "It was still on the list.");
    }

    [TestMethod]
    public async Task ABanEndsAllSessionsOfAnAccountUntilUnbanned()
    {
        await using var users = await TestUsers.StartAsync();
        var max = await users.EnterAsync("max", Role.Moderator);
        await users.AccountAsync("mia", Role.Member);
        var one = await users.ConnectAsync("one");
        var token = (await one.LoginAsync(new ClientFrame.Login("mia", TestUsers.Password))).Token;
        var two = await users.EnterAsync("mia", Role.Member);

        Assert.AreEqual("Banimento registrado: mia, sem prazo.", await max.TypeAsync("/ban mia sempre propaganda"));

        foreach (var session in (TestClient[])[one, two]) Assert.AreEqual("banned", (await session.ExpectAsync<DaemonFrame.Bye>()).Reason);
        var refusal = await (await users.ConnectAsync("mia")).AskAsync<DaemonFrame.Error>(new ClientFrame.Login("mia", TestUsers.Password));
        Assert.AreEqual(("banned", "max baniu você por tempo indeterminado. Motivo: propaganda"), (refusal.Code, refusal.Text));
        Assert.AreEqual("wrong_password", await users.TryLoginAsync("mia", "palpite"), "Only the owner learns of the ban.");
        Assert.AreEqual("bad_token", await users.TryLoginAsync("mia", token: token));
        await users.Daemon.RestartAsync();
        Assert.AreEqual("banned", await users.TryLoginAsync("mia", TestUsers.Password));

        max = await users.EnterAsync("max", Role.Moderator);
        Assert.AreEqual("Banimento retirado: MIA.", await max.TypeAsync("/desbanir MIA"));
        Assert.AreEqual("bad_arguments", await max.TypeAsync("/desbanir mia"));
        Assert.AreEqual("welcome", await users.TryLoginAsync("mia", TestUsers.Password));
    }

    [TestMethod]
    public async Task ABannedGuestsNameIsBannedInItsNetwork()
    {
        await using var users = await TestUsers.StartAsync();
        var max = await users.EnterAsync("max", Role.Moderator);
        var guest = await users.ConnectAsync("gil");
        var token = (await guest.LoginAsync("gil")).Token;

        await max.ReplyAsync("/ban gil 1h");

        Assert.AreEqual("banned", (await guest.ExpectAsync<DaemonFrame.Bye>()).Reason);
        Assert.AreEqual("banned", await users.TryLoginAsync("Gil"));
        Assert.AreEqual("bad_token", await users.TryLoginAsync("gil", token: token));
        Assert.AreEqual("welcome", await users.TryLoginAsync("bia"));
        await max.ReplyAsync("/desbanir gil");
        Assert.AreEqual("welcome", await users.TryLoginAsync("gil"));
    }

    [TestMethod]
    public async Task ABanWithADurationEndsByItself()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        var max = await users.EnterAsync("max", Role.Moderator);
        await users.AccountAsync("mia", Role.Member);
        await max.ReplyAsync("/ban mia 1h");
        time.Advance(TimeSpan.FromMinutes(59));
        var login = new ClientFrame.Login("mia", TestUsers.Password, Lang: "en");
        var refusal = await (await users.ConnectAsync("mia")).AskAsync<DaemonFrame.Error>(login);
        Assert.AreEqual(("banned", "max banned you. Time left: 1m."), (refusal.Code, refusal.Text));
        Assert.IsInRange(1, 60_000, refusal.RetryAfter!.Value);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.AreEqual("welcome", await users.TryLoginAsync("mia", TestUsers.Password));
    }

    [TestMethod]
    public async Task ANetworkCanBeBannedUnlessItIsTheCallersOwn()
    {
        await using var users = await TestUsers.StartAsync();
        var max = await users.EnterAsync("max", Role.Moderator);
        Assert.AreEqual("forbidden", await max.TypeAsync("/ban rede 127.0.0.0/8"));
        Assert.AreEqual("bad_arguments", await max.TypeAsync("/ban rede vizinhança"));
        await max.ReplyAsync("/ban rede 203.0.113.0/24 1d");
        await max.ReplyAsync("/desbanir 203.0.113.0/24");
        Assert.AreEqual("bad_arguments", await max.TypeAsync("/desbanir 203.0.113.0/24"), "It is banned no longer.");
    }

    [TestMethod]
    public async Task AMutedUserIsToldForHowLong()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        var (max, ana) = (await users.EnterAsync("max", Role.Moderator), await users.EnterAsync("ana"));
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("jogos"));

        await max.ReplyAsync("/mute ana 10m");
        time.Advance(TimeSpan.FromMinutes(4));
        var refusal = await ana.RefusalAsync("oi");
        Assert.AreEqual(("muted", "geral", 360_000L), (refusal.Code, refusal.Room, refusal.RetryAfter));
        await ana.SayAsync("jogos", "aqui posso");
        time.Advance(TimeSpan.FromMinutes(6));
        await ana.SayAsync("geral", "oi de novo");

        await max.ReplyAsync("/mute ana 10m --todas");
        Assert.AreEqual("muted", await ana.TypeAsync("oi", "jogos"));
        Assert.AreEqual("muted", ((DaemonFrame.Error)await ana.AskAsync<DaemonFrame>(new ClientFrame.Message("oi", To: "max"))).Code);
        Assert.AreEqual("muted", await ana.TypeAsync("/msg max oi"));
        Assert.AreEqual("ana pode escrever de novo.", await max.TypeAsync("/falar ana --todas"));
        await ana.SayAsync("jogos", "oi");
        Assert.AreEqual("bad_arguments", await max.TypeAsync("/falar ana"));
    }

    [TestMethod]
    public async Task AUserOfTheSameOrAHigherRoleIsProtected()
    {
        await using var users = await TestUsers.StartAsync();
        var (max, admin) = (await users.EnterAsync("max", Role.Moderator), await users.AdminAsync());
        await users.EnterAsync("moa", Role.Moderator);
        string[] lines = ["/kick admin", "/kick moa", "/kick max", "/ban moa", "/ban admin 1h", "/mute moa 1m", "/mute admin 1m"];
        foreach (var line in lines)
            Assert.AreEqual("forbidden", await max.TypeAsync(line), line);
        Assert.AreEqual("forbidden", await admin.TypeAsync("/kick admin"));

        await admin.ReplyAsync("/mute max 10m");
        Assert.AreEqual("forbidden", await max.TypeAsync("/falar max"), "Who is muted does not unmute itself.");
        await admin.ReplyAsync("/kick max");
        Assert.AreEqual(("geral", "kicked"), await LeftAsync(max));
    }

    private static async Task<(string, string?)> LeftAsync(TestClient client) =>
        await client.ExpectAsync<DaemonFrame.Left>() is var left ? (left.Room, left.Reason) : default;

    private static async Task<(string, string?)> NoticeAsync(TestClient client) =>
        await client.ExpectAsync<DaemonFrame.Notice>() is var notice ? (notice.Text, notice.Room) : default;
}
