using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;

namespace Chat.Daemon.Tests.Commands;

/// <summary><c>/sessoes</c>: whoever has an account sees where it is logged in, and can end that.</summary>
[TestClass]
public sealed class SessionCommandTests
{
    private readonly TestTime time = new();

    [TestMethod]
    public async Task AUserEndsOneOfTheOwnSessions()
    {
        await using var users = await TestUsers.StartAsync(null, time);
        await using var phone = await users.EnterAsync("bia", Role.Member);
        await using var desk = await users.ConnectAsync("desk");
        var token = (await desk.LoginAsync(new ClientFrame.Login("bia", TestUsers.Password, Rooms: ["geral"]))).Token;
        var sessions = await ListAsync(phone, "/sessoes");
        Assert.HasCount(2, sessions);
        Assert.HasCount(1, sessions.Where(line => line.Contains("— esta, desde 2026-03-01 12:00Z", StringComparison.Ordinal)));
        var other = sessions.Single(line => line.Contains("— conectada", StringComparison.Ordinal)).Split(' ')[0];

        Assert.AreEqual("1 sessão encerrada.", (await phone.ReplyAsync($"/sessoes encerrar {other}")).Text);
        Assert.AreEqual(ByeReason.SessionEnded, (await desk.ExpectAsync<DaemonFrame.Bye>()).Reason);
        await using var thief = await users.ConnectAsync("thief");
        Assert.AreEqual(
            RefusalCode.BadToken, (await thief.AskAsync<DaemonFrame.Error>(new ClientFrame.Login(Token: token))).Code);
        Assert.HasCount(1, await ListAsync(phone, "/sessoes"));
    }

    [TestMethod]
    public async Task WithoutANumberAllOthersEnd()
    {
        await using var users = await TestUsers.StartAsync(null, time);
        await using var phone = await users.EnterAsync("bia", Role.Member);
        for (var i = 0; i < 3; i++)
        {
            await using var gone = await users.EnterAsync("bia", Role.Member);
        }
        await using var desk = await users.EnterAsync("bia", Role.Member);
        Assert.AreEqual("4 sessões encerradas.", (await phone.ReplyAsync("/sessoes encerrar")).Text);
        Assert.AreEqual(ByeReason.SessionEnded, (await desk.ExpectAsync<DaemonFrame.Bye>()).Reason);
        Assert.HasCount(1, await ListAsync(phone, "/sessoes"));
    }

    [TestMethod]
    public async Task ASessionThatIsNotConnectedIsSeenAndEndsToo()
    {
        await using var users = await TestUsers.StartAsync(null, time);
        await using var phone = await users.EnterAsync("bia", Role.Member);
        string token;
        await using (var gone = await users.ConnectAsync("gone"))
            token = (await gone.LoginAsync(new ClientFrame.Login("bia", TestUsers.Password, Rooms: []))).Token!;
        time.Advance(TimeSpan.FromMinutes(10));
        var line = "";
        await Wait.UntilAsync(
            async () => (line = (await ListAsync(phone, "/sessoes")).Single(l => !l.Contains("— esta", StringComparison.Ordinal)))
                .Contains("— vista por último em 2026-03-01 12:", StringComparison.Ordinal),
            () => phone.SettleAsync()); // the daemon notices the end of the connection in its own time
        Assert.AreEqual("1 sessão encerrada.", (await phone.ReplyAsync($"/sessoes encerrar {line.Split(' ')[0]}")).Text);
        await using var thief = await users.ConnectAsync("thief");
        Assert.AreEqual(
            RefusalCode.BadToken, (await thief.AskAsync<DaemonFrame.Error>(new ClientFrame.Login(Token: token))).Code);
    }

    [TestMethod]
    public async Task NobodyEndsAnothersSession()
    {
        await using var users = await TestUsers.StartAsync(null, time);
        await using var bia = await users.EnterAsync("bia", Role.Member);
        await using var caio = await users.EnterAsync("caio", Role.Member);
        var hers = (await ListAsync(bia, "/sessoes")).Single().Split(' ')[0];
        Assert.AreEqual(RefusalCode.BadArguments, (await caio.RefusalAsync($"/sessoes encerrar {hers}")).Code);
        Assert.AreEqual(RefusalCode.BadArguments, (await bia.RefusalAsync($"/sessoes encerrar {hers}")).Code, "the session she is in");
        Assert.AreEqual(RefusalCode.Forbidden, (await caio.RefusalAsync("/sessoes de bia")).Code);
        Assert.AreEqual(RefusalCode.Forbidden, (await caio.RefusalAsync("/sessoes revogar bia")).Code);
        await bia.SettleAsync();
    }

    [TestMethod]
    public async Task AnAdminSeesAndRevokesThoseOfAnAccount()
    {
        await using var users = await TestUsers.StartAsync(null, time);
        var admin = await users.AdminAsync("en");
        await using var bia = await users.EnterAsync("bia", Role.Member);
        Assert.HasCount(1, await ListAsync(admin, "/sessions of bia"));
        Assert.AreEqual("Ended 1 session.", (await admin.ReplyAsync("/sessions revoke bia")).Text);
        Assert.AreEqual(ByeReason.SessionEnded, (await bia.ExpectAsync<DaemonFrame.Bye>()).Reason);
        Assert.AreEqual("No sessions.", (await admin.ReplyAsync("/sessions of bia")).Text);
        await using var guest = await users.EnterAsync("ana");
        Assert.AreEqual(RefusalCode.NoSuchUser, (await admin.RefusalAsync("/sessions of ana")).Code);
    }

    [TestMethod]
    public async Task SessionsAreFoundByAnIndex()
    {
        await using var users = await TestUsers.StartAsync(null, time);
        var plan = await users.Daemon.Get<SqliteReaders>().ReadAsync(
            reader => reader.Rows(
                "EXPLAIN QUERY PLAN SELECT id FROM sessions WHERE account = $account ORDER BY held DESC, seen_at DESC",
                row => row.GetString(3),
                ("$account", 1L)),
            CancellationToken.None);
        Assert.Contains("sessions_of_accounts", string.Join('\n', plan));
        Assert.DoesNotContain("TEMP B-TREE", string.Join('\n', plan));
    }

    private static async Task<string[]> ListAsync(TestClient client, string line) => (await client.ReplyAsync(line)).Text.Split('\n');
}
