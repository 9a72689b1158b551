using System.Net;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;

namespace Chat.Daemon.Tests.Commands;

/// <summary>A banned network, and who is not kept out by it.</summary>
[TestClass]
public sealed class NetworkBanTests
{
    [TestMethod]
    public async Task ANetworkBanKeepsOutOnlyLowerRoles()
    {
        await using var users = await TestUsers.StartAsync();
        foreach (var (name, role) in ((string, Role)[])[("max", Role.Moderator), ("moa", Role.Moderator), ("mia", Role.Member)])
            await users.AccountAsync(name, role);
        var (admin, moa) = (await users.ConnectAsync("admin"), await users.EnterAsync("moa", Role.Moderator));
        var (mia, gil) = (await users.EnterAsync("mia", Role.Member), await users.EnterAsync("gil"));
        var token = (await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword))).Token;
        await using var max = await ElsewhereAsync(users, "max", TestUsers.Password);

        await max.ReplyAsync("/ban rede 127.0.0.1");

        foreach (var client in (TestClient[])[mia, gil]) Assert.AreEqual("banned", (await client.ExpectAsync<DaemonFrame.Bye>()).Reason);
        foreach (var client in (TestClient[])[admin, moa]) await client.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        await ExpectAsync(users, admin: "welcome", moa: "welcome", mia: "banned");
        Assert.AreEqual("welcome", await users.TryLoginAsync("admin", token: token));
        Assert.AreEqual("banned", await users.TryLoginAsync("gil"));
        var nova = await users.ConnectAsync("nova");
        Assert.AreEqual("banned", (await nova.AskAsync<DaemonFrame.Error>(new ClientFrame.Register("nova", TestUsers.Password))).Code);
        await users.Daemon.RestartAsync();
        await ExpectAsync(users, admin: "welcome", moa: "welcome", mia: "banned");
        Assert.AreEqual("welcome", await users.TryLoginAsync("admin", token: token));

        await using var away = await ElsewhereAsync(users, "admin", TestDaemon.AdminPassword);
        moa = await users.EnterAsync("moa", Role.Moderator);
        await away.ReplyAsync("/ban rede 127.0.0.1");
        Assert.AreEqual("banned", (await moa.ExpectAsync<DaemonFrame.Bye>()).Reason);
        await ExpectAsync(users, admin: "welcome", moa: "banned", mia: "banned");
    }

    [TestMethod]
    public async Task EndedBansAreDeleted()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        var admin = await users.AdminAsync();
        await users.AccountAsync("mia", Role.Member);
        await admin.ReplyAsync("/ban mia 1h");
        await admin.ReplyAsync("/ban rede 203.0.113.0/24 2h");
        await admin.ReplyAsync("/ban rede 198.51.100.0/24");
        Assert.AreEqual(3, await StoredAsync(users));
        time.Advance(TimeSpan.FromHours(1));
        await admin.ReplyAsync("/ban rede 192.0.2.0/24 1h");
        Assert.AreEqual(3, await StoredAsync(users));
        Assert.AreEqual("bad_arguments", await admin.TypeAsync("/desbanir mia"), "It is over, so there is none to take back.");
        await admin.ReplyAsync("/desbanir 203.0.113.0/24");
        await admin.ReplyAsync("/desbanir 198.51.100.0/24");
        Assert.AreEqual(1, await StoredAsync(users));
    }

    private static async Task ExpectAsync(TestUsers users, string admin, string moa, string mia)
    {
        Assert.AreEqual(admin, await users.TryLoginAsync("admin", TestDaemon.AdminPassword));
        Assert.AreEqual(moa, await users.TryLoginAsync("moa", TestUsers.Password));
        Assert.AreEqual(mia, await users.TryLoginAsync("mia", TestUsers.Password));
    }

    private static async Task<TestClient> ElsewhereAsync(TestUsers users, string user, string password)
    {
        var client = await TestClient.ConnectAsync(users.Daemon.Port, user, from: IPAddress.Parse("127.0.0.2"));
        await client.LoginAsync(new ClientFrame.Login(user, password));
        return client;
    }

    private static Task<long> StoredAsync(TestUsers users) =>
        users.Daemon.Get<SqliteWriter>().WriteAsync(connection => Sql.Number(connection, "SELECT count(*) FROM bans"));
}
