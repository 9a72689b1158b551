using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Tests.Sessions;

/// <summary>Tokens expire however their last connection, or the daemon, ended.</summary>
[TestClass]
public sealed class TokenExpiryTests
{
    private const string Password = "uma senha bem comprida";

    private readonly TestTime time = new();

    [TestMethod]
    [DataRow(true, 30 * 24, 0, "welcome")]
    [DataRow(true, 30 * 24, 1, "bad_token")]
    [DataRow(false, 24, 0, "welcome")]
    [DataRow(false, 24, 1, "bad_token")]
    public async Task ATokenInUseAtAStopExpires(bool isAccount, int hours, int milliseconds, string answer)
    {
        await using var users = await TestUsers.StartAsync(null, time);
        var ana = await users.ConnectAsync("ana");
        ClientFrame login = isAccount ? new ClientFrame.Register("ana", Password) : new ClientFrame.Login("ana");
        var token = (await ana.AskAsync<DaemonFrame.Welcome>(login)).Token;
        await users.Daemon.RestartAsync(); // nobody is connected in this run
        await users.Daemon.StopAsync();
        time.Advance(TimeSpan.FromHours(hours) + TimeSpan.FromMilliseconds(milliseconds));
        await users.Daemon.StartAgainAsync();
        Assert.AreEqual(answer, await users.TryLoginAsync("ana", token: token));
    }

    [TestMethod]
    public async Task TokensInUseWhenTheDaemonWasKilledExpire()
    {
        await using var daemon = await ProcessDaemon.StartAsync();
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        var account = (await ana.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Register("ana", Password))).Token;
        await using var bia = await TestClient.ConnectAsync(daemon.Port, "bia");
        var guest = (await bia.LoginAsync("bia")).Token;
        daemon.Kill();
        await daemon.ExitAsync();
        using (var database = new SqliteConnection($"Data Source={Path.Combine(daemon.Folder, "data", "chat.db")};Pooling=False"))
        {
            database.Open();
            Assert.AreEqual(2, Sql.Number(database, "SELECT count(*) FROM sessions WHERE held = 1"));
            Sql.Execute(database, "UPDATE sessions SET seen_at = seen_at - iif(account IS NULL, 25, 24 * 31) * 3600 * 1000");
        }

        await daemon.StartAgainAsync();
        foreach (var token in (string[])[account!, guest!])
        {
            await using var again = await TestClient.ConnectAsync(daemon.Port, "again");
            var answer = await again.AskAsync<DaemonFrame>(new ClientFrame.Login(Token: token, Rooms: []));
            Assert.AreEqual("bad_token", (answer as DaemonFrame.Error)?.Code);
        }
    }

    [TestMethod]
    public async Task AFailedMarkOfTheLastUseIsTriedAgain()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        var ana = await daemon.ConnectAsync("ana");
        await ana.LoginAsync("ana");
        var writer = daemon.Get<SqliteWriter>();
        await writer.WriteAsync(c => Sql.Execute(
            c, "CREATE TRIGGER broken BEFORE UPDATE ON sessions BEGIN SELECT RAISE(ABORT, 'broken'); END"));
        await ana.DisposeAsync();
        await Wait.UntilAsync(async () => await HeldAsync() == 1 && daemon.Get<Daemon.Sessions.SessionRegistry>().Count == 0, TickAsync);
        for (var i = 0; i < 3; i++) await TickAsync();

        await writer.WriteAsync(c => Sql.Execute(c, "DROP TRIGGER broken"));
        await Wait.UntilAsync(async () => await HeldAsync() == 0, TickAsync);

        Task<long> HeldAsync() => writer.WriteAsync(c => Sql.Number(c, "SELECT count(*) FROM sessions WHERE held = 1"));

        async Task TickAsync()
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await HeldAsync();
        }
    }
}
