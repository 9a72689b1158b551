using System.Net;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Tests.Sessions;

/// <summary>Logins that fail, and sessions that end without a logout.</summary>
[TestClass]
public sealed class LoginEndTests
{
    [TestMethod]
    public async Task ALoginThatStorageFailsEndsWithABye()
    {
        using var log = new CapturedLog();
        await using var users = await TestUsers.StartAsync(log, null);
        var ana = await users.ConnectAsync("ana");
        var token = (await ana.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login("ana", Rooms: []))).Token;
        await ExecuteAsync(users, "ALTER TABLE conversations RENAME TO gone");

        var again = await users.ConnectAsync("ana");
        await again.SendAsync(new ClientFrame.Login(Token: token, Rooms: []));
        Assert.AreEqual("storage", (await again.ExpectAsync<DaemonFrame.Error>()).Code);
        Assert.AreEqual("unavailable", (await again.ExpectAsync<DaemonFrame.Bye>()).Reason);
        await again.ExpectClosedAsync();

        await ExecuteAsync(users, "ALTER TABLE gone RENAME TO conversations");
        var back = await users.ConnectAsync("ana");
        Assert.AreEqual(token, (await back.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login(Token: token, Rooms: []))).Token);
    }

    [TestMethod]
    [DataRow(-1, "welcome")]
    [DataRow(1, "bad_token")]
    public async Task AnAccountsTokenExpiresAfterThirtyDaysWithoutUse(int minutes, string answer)
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        await users.AccountAsync("mia", Role.Member);
        var mia = await users.ConnectAsync("mia");
        var token = (await mia.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login("mia", TestUsers.Password, Rooms: []))).Token;
        mia.ShutdownSend();
        await mia.ExpectClosedAsync();
        time.Advance(TimeSpan.FromSeconds(31)); // until then the name is held, which counts as use
        await users.Daemon.StopAsync();
        time.Advance(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(31));
        await users.Daemon.StartAgainAsync();

        var back = await users.ConnectAsync("mia");
        await back.SendAsync(new ClientFrame.Login(Token: token, Rooms: []));
        await back.NextAsync();
        var given = (await back.NextAsync()).Frame;
        Assert.AreEqual(answer, given is DaemonFrame.Error error ? error.Code : given is DaemonFrame.Welcome ? "welcome" : $"{given}");
    }

    [TestMethod]
    public async Task ABanOfANetworkDisconnectsItsUsersAndRefusesItsLogins()
    {
        await using var users = await TestUsers.StartAsync();
        var admin = await users.AdminAsync();
        var here = await users.EnterAsync("ana");
        await using var there = await TestClient.ConnectAsync(users.Daemon.Port, "bia", from: IPAddress.Parse("127.0.0.2"));
        await there.LoginAsync(new ClientFrame.Login("bia", Rooms: ["geral"]));
        await admin.SendAsync(new ClientFrame.Message("/ban rede 127.0.0.2/31", "geral"));
        Assert.AreEqual("banned", (await there.ExpectAsync<DaemonFrame.Bye>()).Reason);
        await there.ExpectClosedAsync();
        await here.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping()); // a user from another address stays

        await using var again = await TestClient.ConnectAsync(users.Daemon.Port, "bia", from: IPAddress.Parse("127.0.0.3"));
        Assert.AreEqual("banned", (await again.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("outra", Rooms: []))).Code);
    }

    [TestMethod]
    public async Task ARefusedLoginIsLoggedWithUserAndAddress()
    {
        using var log = new CapturedLog();
        await using var users = await TestUsers.StartAsync(log, null);
        await users.AccountAsync("mia", Role.Member);
        var mia = await users.ConnectAsync("mia");
        await mia.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("mia", "palpite"));
        await log.LineAsync(l => l.EndsWith("Login refused: wrong_password from 127.0.0.1, user mia ", StringComparison.Ordinal));
        await mia.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("x\nfrom 1.2.3.4" + new string('y', 99), "palpite"));
        var shown = "x\\u000Afrom 1.2.3.4" + new string('y', 50) + "…";
        await log.LineAsync(l => l.EndsWith($"Login refused: bad_name from 127.0.0.1, user {shown} ", StringComparison.Ordinal));
        await mia.AskAsync<DaemonFrame.Error>(new ClientFrame.Register("mia", "uma senha boa"));
        await log.LineAsync(l => l.Contains("from 127.0.0.1, user mia ", StringComparison.Ordinal)
            && !l.Contains("wrong_password", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task ALoginThatAsksWhetherANameNeedsAPasswordIsNoWarning()
    {
        using var log = new CapturedLog();
        await using var users = await TestUsers.StartAsync(log, null);
        await users.AccountAsync("mia", Role.Member);
        var mia = await users.ConnectAsync("mia");
        Assert.AreEqual("password_required", (await mia.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("mia"))).Code);
        await log.LineAsync(l => l.Contains("frame Login, code password_required", StringComparison.Ordinal));
        Assert.DoesNotContain("Login refused", string.Join('\n', log.Lines));
    }

    private static async Task ExecuteAsync(TestUsers users, string sql)
    {
        var file = Path.Combine(users.Daemon.Folder, "data", "chat.db");
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
