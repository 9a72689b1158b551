using System.Net;
using Chat.Daemon.Storage;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>A banned network, and who is not kept out by it.</summary>
[TestClass]
public sealed class NetworkBanTests
{
    [TestMethod]
    public async Task ItKeepsOutOnlyWhoRanksBelowWhoBanned()
    {
        await using var cast = await Cast.StartAsync();
        foreach (var (name, role) in ((string, Role)[])[("max", Role.Moderator), ("moa", Role.Moderator), ("mia", Role.Member)])
            await cast.AccountAsync(name, role);
        var (admin, moa) = (await cast.ConnectAsync("admin"), await cast.EnterAsync("moa", Role.Moderator));
        var (mia, gil) = (await cast.EnterAsync("mia", Role.Member), await cast.EnterAsync("gil"));
        var token = (await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword))).Token;
        await using var max = await ElsewhereAsync(cast, "max", Cast.Password);

        await max.ReplyAsync("/ban rede 127.0.0.1");

        foreach (var client in (TestClient[])[mia, gil]) Assert.AreEqual("banned", (await client.ExpectAsync<DaemonFrame.Bye>()).Reason);
        foreach (var client in (TestClient[])[admin, moa]) await client.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        await ExpectAsync(cast, admin: "welcome", moa: "welcome", mia: "banned");
        Assert.AreEqual("welcome", await cast.TryLoginAsync("admin", token: token));
        Assert.AreEqual("banned", await cast.TryLoginAsync("gil"));
        var nova = await cast.ConnectAsync("nova");
        Assert.AreEqual("banned", (await nova.AskAsync<DaemonFrame.Error>(new ClientFrame.Register("nova", Cast.Password))).Code);
        await cast.Daemon.RestartAsync();
        await ExpectAsync(cast, admin: "welcome", moa: "welcome", mia: "banned");
        Assert.AreEqual("welcome", await cast.TryLoginAsync("admin", token: token));

        await using var away = await ElsewhereAsync(cast, "admin", TestDaemon.AdminPassword);
        moa = await cast.EnterAsync("moa", Role.Moderator);
        await away.ReplyAsync("/ban rede 127.0.0.1");
        Assert.AreEqual("banned", (await moa.ExpectAsync<DaemonFrame.Bye>()).Reason);
        await ExpectAsync(cast, admin: "welcome", moa: "banned", mia: "banned");
    }

    [TestMethod]
    public async Task BansThatAreOverAreForgotten()
    {
        var time = new TestTime();
        await using var cast = await Cast.StartAsync(null, time);
        var admin = await cast.AdminAsync();
        await cast.AccountAsync("mia", Role.Member);
        await admin.ReplyAsync("/ban mia 1h");
        await admin.ReplyAsync("/ban rede 203.0.113.0/24 2h");
        await admin.ReplyAsync("/ban rede 198.51.100.0/24");
        Assert.AreEqual(3, await StoredAsync(cast));
        time.Advance(TimeSpan.FromHours(1));
        await admin.ReplyAsync("/ban rede 192.0.2.0/24 1h");
        Assert.AreEqual(3, await StoredAsync(cast));
        Assert.AreEqual("bad_arguments", await admin.TypeAsync("/desbanir mia"), "It is over, so there is none to take back.");
        await admin.ReplyAsync("/desbanir 203.0.113.0/24");
        await admin.ReplyAsync("/desbanir 198.51.100.0/24");
        Assert.AreEqual(1, await StoredAsync(cast));
    }

    private static async Task ExpectAsync(Cast cast, string admin, string moa, string mia)
    {
        Assert.AreEqual(admin, await cast.TryLoginAsync("admin", TestDaemon.AdminPassword));
        Assert.AreEqual(moa, await cast.TryLoginAsync("moa", Cast.Password));
        Assert.AreEqual(mia, await cast.TryLoginAsync("mia", Cast.Password));
    }

    private static async Task<TestClient> ElsewhereAsync(Cast cast, string user, string password)
    {
        var client = await TestClient.ConnectAsync(cast.Daemon.Port, user, from: IPAddress.Parse("127.0.0.2"));
        await client.LoginAsync(new ClientFrame.Login(user, password));
        return client;
    }

    private static Task<long> StoredAsync(Cast cast) =>
        cast.Daemon.Get<SqliteWriter>().WriteAsync(connection => Sql.Number(connection, "SELECT count(*) FROM bans"));
}
