using System.Net;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Sessions;

/// <summary>
/// A change of an account or a ban takes effect on a login that is in progress. The database is blocked until both wait for it;
/// many rounds let either of them win.
/// </summary>
[TestClass]
public sealed class LoginRaceTests
{
    private const int Rounds = 12;

    [TestMethod]
    public async Task ANewRoleAppliesToALoginInProgress()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        await (await users.EnterAsync("mia", Role.Member)).LogOutAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var role = round % 2 == 0 ? "moderator" : "member";
            var mia = await users.ConnectAsync("mia");
            await RaceAsync(
                users,
                () => admin.SendAsync(new ClientFrame.Message($"/papel mia {role}", "geral") { Id = $"papel {round}" }),
                () => mia.SendAsync(new ClientFrame.Login("mia", TestUsers.Password)));
            await admin.ExpectAsync<DaemonFrame.Reply>(r => r.Id == $"papel {round}");
            await mia.ExpectAsync<DaemonFrame.Joined>();
            var entry = (await admin.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries.Single(e => e.User == "mia");
            Assert.AreEqual(role, entry.Roles[0], $"round {round}");
            await mia.LogOutAsync();
        }
    }

    [TestMethod]
    [DataRow("/ban mia", "/desbanir mia")]
    [DataRow("/ban rede 127.0.0.1", "/desbanir 127.0.0.1")]
    public async Task ABanEndsALoginInProgress(string ban, string unban)
    {
        await using var users = await TestUsers.StartAsync();
        await using var admin = await TestClient.ConnectAsync(users.Daemon.Port, "admin", from: IPAddress.Parse("127.0.0.2"));
        await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword));
        await (await users.EnterAsync("mia", Role.Member)).LogOutAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var mia = await users.ConnectAsync("mia");
            await RaceAsync(
                users,
                () => admin.SendAsync(new ClientFrame.Message(ban, "geral") { Id = $"ban {round}" }),
                () => mia.SendAsync(new ClientFrame.Login("mia", TestUsers.Password, Rooms: [])));
            await admin.ExpectAsync<DaemonFrame.Reply>(r => r.Id == $"ban {round}");
            Assert.AreEqual("banned", await EndReasonAsync(mia), $"round {round}");
            await admin.ReplyAsync(unban);
        }
    }

    [TestMethod]
    public async Task ANewPasswordEndsALoginInProgressByTheOldOne()
    {
        await using var users = await TestUsers.StartAsync();
        var mia = await users.EnterAsync("mia", Role.Member);
        var old = TestUsers.Password;
        for (var round = 0; round < 5; round++) // the rate limit of /senha allows no more
        {
            // Each login comes from a new address: the daemon stores the address, and there the login waits for the database.
            await using var thief = await TestClient.ConnectAsync(
                users.Daemon.Port, "thief", from: IPAddress.Parse($"127.0.1.{round + 1}"));
            await RaceAsync(
                users,
                () => mia.SendAsync(new ClientFrame.Message($"/senha \"{old}\" \"senha nova {round}\"", "geral") { Id = $"senha {round}" }),
                () => thief.SendAsync(new ClientFrame.Login("mia", old, Rooms: [])));
            await mia.ExpectAsync<DaemonFrame.Reply>(r => r.Id == $"senha {round}");
            var reason = await EndReasonAsync(thief);
            Assert.IsTrue(reason is "session_ended" or "wrong_password" or "bad_token", $"{reason} in round {round}");
            old = $"senha nova {round}";
        }
    }

    [TestMethod]
    public async Task ALogoutRefusesALoginInProgressByItsToken()
    {
        await using var users = await TestUsers.StartAsync();
        var bia = await users.EnterAsync("bia");
        var (first, second) = (await users.ConnectAsync("first"), await users.ConnectAsync("second"));
        var token = (await first.LoginAsync("ana")).Token;
        await RaceAsync(users, () => first.SendAsync(new ClientFrame.Logout()), async () =>
        {
            await second.SendAsync(new ClientFrame.Login(Token: token, Rooms: []));
            for (var i = 0; i < 20; i++) await bia.SettleAsync();
        }, writes: 1);
        await second.ExpectAsync<DaemonFrame.Hello>();
        Assert.AreEqual("bad_token", (await second.NextAsync()).Frame is DaemonFrame.Error error ? error.Code : "welcome");
        Assert.AreEqual("welcome", await users.TryLoginAsync("ana"), "the name must be free again");
    }

    /// <summary>Blocks the database, runs both actions, and unblocks it once that many writes wait for it.</summary>
    private static async Task RaceAsync(TestUsers users, Func<Task> first, Func<Task> second, int writes = 2)
    {
        var writer = users.Daemon.Get<SqliteWriter>();
        using var release = new ManualResetEventSlim();
        var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var blocking = writer.WriteAsync(_ =>
        {
            blocked.TrySetResult();
            return release.Wait(Wait.Limit);
        });
        await blocked.Task.WaitAsync(Wait.Limit);
        await first();
        await Wait.UntilAsync(() => writer.Queued >= 1, () => GiveTimeAsync(users));
        await second();
        await Wait.UntilAsync(() => writer.Queued >= writes, () => GiveTimeAsync(users));
        release.Set();
        Assert.IsTrue(await blocking.WaitAsync(Wait.Limit), "the database was unblocked too early");
    }

    /// <summary>A round trip on a connection without a login: it gives the daemon time and needs no database.</summary>
    private static async Task GiveTimeAsync(TestUsers users)
    {
        await using var client = await users.Daemon.ConnectAsync();
        await client.SettleAsync();
    }

    /// <summary>The reason for which the login is refused or the session ended.</summary>
    private static async Task<string> EndReasonAsync(TestClient client)
    {
        using var limit = new CancellationTokenSource(Wait.Limit);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            switch ((await client.NextAsync()).Frame)
            {
                case DaemonFrame.Error error: return error.Code;
                case DaemonFrame.Bye bye: return bye.Reason;
            }
        }
    }
}
