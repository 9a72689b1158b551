using System.Net;
using Chat.Daemon.Storage;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Sessions;

/// <summary>What is decided while a login is on its way holds for it too. The database is held up, so that both are in the middle of it; who is first then is tried often.</summary>
[TestClass]
public sealed class MeanwhileTests
{
    private const int Rounds = 12;

    [TestMethod]
    public async Task ARoleThatIsChanged()
    {
        await using var cast = await Cast.StartAsync();
        var admin = await cast.AdminAsync();
        await LogOutAsync(await cast.EnterAsync("mia", Role.Member));
        for (var round = 0; round < Rounds; round++)
        {
            var role = round % 2 == 0 ? "moderator" : "member";
            var mia = await cast.ConnectAsync("mia");
            await HeldUpAsync(cast, admin, () => admin.SendAsync(new ClientFrame.Message($"/papel mia {role}", "geral") { Id = $"papel {round}" }),
                () => mia.SendAsync(new ClientFrame.Login("mia", Cast.Password)));
            await admin.ExpectAsync<DaemonFrame.Reply>(r => r.Id == $"papel {round}");
            await mia.ExpectAsync<DaemonFrame.Joined>();
            var entry = (await admin.AskAsync<DaemonFrame.Members>(new ClientFrame.Members("geral"))).Entries.Single(e => e.User == "mia");
            Assert.AreEqual(role, entry.Roles[0], $"round {round}");
            await LogOutAsync(mia);
        }
    }

    [TestMethod]
    [DataRow("/ban mia", "/desbanir mia")]
    [DataRow("/ban rede 127.0.0.1", "/desbanir 127.0.0.1")]
    public async Task ABan(string ban, string unban)
    {
        await using var cast = await Cast.StartAsync();
        await using var admin = await TestClient.ConnectAsync(cast.Daemon.Port, "admin", from: IPAddress.Parse("127.0.0.2"));
        await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword));
        await LogOutAsync(await cast.EnterAsync("mia", Role.Member));
        for (var round = 0; round < Rounds; round++)
        {
            var mia = await cast.ConnectAsync("mia");
            await HeldUpAsync(cast, admin, () => admin.SendAsync(new ClientFrame.Message(ban, "geral") { Id = $"ban {round}" }),
                () => mia.SendAsync(new ClientFrame.Login("mia", Cast.Password, Rooms: [])));
            await admin.ExpectAsync<DaemonFrame.Reply>(r => r.Id == $"ban {round}");
            Assert.AreEqual("banned", await OutAsync(mia), $"round {round}");
            await admin.ReplyAsync(unban);
        }
    }

    [TestMethod]
    public async Task AChangedPassword()
    {
        await using var cast = await Cast.StartAsync();
        var mia = await cast.EnterAsync("mia", Role.Member);
        var old = Cast.Password;
        for (var round = 0; round < 5; round++) // as often as /senha may be called at once
        {
            // From another address each time: that is noted, which is where the login is held up.
            await using var thief = await TestClient.ConnectAsync(cast.Daemon.Port, "thief", from: IPAddress.Parse($"127.0.1.{round + 1}"));
            await HeldUpAsync(cast, mia, () => mia.SendAsync(new ClientFrame.Message($"/senha \"{old}\" \"senha {round}\"", "geral") { Id = $"senha {round}" }),
                () => thief.SendAsync(new ClientFrame.Login("mia", old, Rooms: [])));
            await mia.ExpectAsync<DaemonFrame.Reply>(r => r.Id == $"senha {round}");
            var reason = await OutAsync(thief);
            Assert.IsTrue(reason is "session_ended" or "wrong_password" or "bad_token", $"{reason} in round {round}");
            old = $"senha {round}";
        }
    }

    [TestMethod]
    public async Task ALogout()
    {
        await using var cast = await Cast.StartAsync();
        var bia = await cast.EnterAsync("bia");
        var (one, two) = (await cast.ConnectAsync("one"), await cast.ConnectAsync("two"));
        var token = (await one.LoginAsync("ana")).Token;
        await HeldUpAsync(cast, bia, () => one.SendAsync(new ClientFrame.Logout()), async () =>
        {
            await two.SendAsync(new ClientFrame.Login(Token: token, Rooms: []));
            for (var i = 0; i < 20; i++) await bia.SettleAsync();
        }, writes: 1);
        await two.ExpectAsync<DaemonFrame.Hello>();
        Assert.AreEqual("bad_token", (await two.NextAsync()).Frame is DaemonFrame.Error error ? error.Code : "welcome");
        Assert.AreEqual("welcome", await cast.TryLoginAsync("ana"), "The name is free.");
    }

    /// <summary>While the database writes nothing: the first, until its write waits, and then the second.</summary>
    private static async Task HeldUpAsync(Cast cast, TestClient other, Func<Task> first, Func<Task> second, int writes = 2)
    {
        var writer = cast.Daemon.Get<SqliteWriter>();
        using var go = new ManualResetEventSlim();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holding = writer.WriteAsync(_ =>
        {
            held.TrySetResult();
            go.Wait();
            return 0;
        });
        await held.Task;
        await first();
        while (writer.Queued < 1) await LookAsync(cast);
        await second();
        while (writer.Queued < writes) await LookAsync(cast);
        go.Set();
        await holding;
    }

    /// <summary>A round trip over a connection that is not logged in: gives the daemon time, and needs no database.</summary>
    private static async Task LookAsync(Cast cast)
    {
        await using var looker = await cast.Daemon.ConnectAsync("looker");
        await looker.SettleAsync();
    }

    /// <summary>Why the login is refused, or the session ended.</summary>
    private static async Task<string> OutAsync(TestClient client)
    {
        while (true)
        {
            switch ((await client.NextAsync()).Frame)
            {
                case DaemonFrame.Error error: return error.Code;
                case DaemonFrame.Bye bye: return bye.Reason;
            }
        }
    }

    private static async Task LogOutAsync(TestClient client)
    {
        await client.SendAsync(new ClientFrame.Logout());
        await client.ExpectClosedAsync();
    }
}
