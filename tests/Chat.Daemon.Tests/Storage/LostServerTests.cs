using System.Net;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Storage;

/// <summary>A PostgreSQL server that is lost while the daemon runs costs nothing that was echoed.</summary>
[TestClass]
public sealed class LostServerTests
{
    [TestMethod]
    public async Task WritesAreRefusedUntilItIsBack()
    {
        TestServer.SkipUnlessInstalled();
        await using var server = await PostgresServer.StartAsync();
        await using var daemon = await TestDaemon.StartAsync(("Chat:Database", await server.NewSchemaAsync()));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await ana.SayAsync("geral", "antes");
        await bia.ExpectAsync<DaemonFrame.Message>();

        await server.KillAsync();
        var lost = new ClientFrame.Message("durante", "geral") { Id = "x" };
        Assert.AreEqual(RefusalCode.Unavailable, (await ana.AskAsync<DaemonFrame.Error>(lost)).Code);
        Assert.AreEqual(
            RefusalCode.Unavailable, (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.History("geral") { Id = "h" })).Code);
        await HealthAsync(daemon, HttpStatusCode.ServiceUnavailable);
        await bia.ExpectNothingAsync();
        await using var caio = await daemon.ConnectAsync();
        var refused = await caio.AskAsync<DaemonFrame.Error>(new ClientFrame.Login("caio") { Id = "l" });
        Assert.AreEqual(
            (RefusalCode.Unavailable, "O servidor está sem acesso ao banco de dados no momento. Tente de novo em alguns segundos."),
            (refused.Code, refused.Text));

        await server.StartAgainAsync();
        await HealthAsync(daemon, HttpStatusCode.OK);
        Assert.AreEqual(2, (await ana.AskAsync<DaemonFrame.Message>(lost)).Seq);
        Assert.AreEqual("durante", (await bia.ExpectAsync<DaemonFrame.Message>()).Text);
        var page = (await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"))).Messages;
        CollectionAssert.AreEqual(new[] { "antes", "durante" }, page.Select(message => message.Text).ToArray());
    }

    /// <summary>
    /// The server completes a commit that the daemon no longer waits for. Nothing is read before that: the message would seem missing,
    /// and would be stored twice or refused as not stored.
    /// </summary>
    [TestMethod]
    public async Task ACommitThatIsStillUnderWayIsWaitedFor()
    {
        var database = await TestServer.NewSchemaAsync();
        var schema = database.Split("Search Path=")[1];
        await using var daemon = await TestDaemon.StartAsync(("Chat:Database", $"{database};Command Timeout=3"));
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await TestServer.ExecuteAsync($"""
            CREATE FUNCTION {schema}.slow() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.text <> 'lenta' THEN RETURN NULL; END IF;
                PERFORM pg_sleep(60);
                RETURN NULL;
            EXCEPTION WHEN query_canceled THEN
                PERFORM pg_sleep(2);
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON {schema}.messages
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {schema}.slow();
            """);

        var slow = new ClientFrame.Message("lenta", "geral") { Id = "x" };
        Assert.AreEqual(RefusalCode.Unavailable, (await ana.AskAsync<DaemonFrame.Error>(slow)).Code);
        DaemonFrame answer;
        do answer = await ana.AskAsync<DaemonFrame>(slow);
        while (answer is DaemonFrame.Error { Code: RefusalCode.Unavailable });

        Assert.AreEqual(1, ((DaemonFrame.Message)answer).Seq);
        Assert.AreEqual(1, (await bia.ExpectAsync<DaemonFrame.Message>()).Seq);
        Assert.AreEqual(2, (await ana.SayAsync("geral", "depois")).Seq);
        Assert.AreEqual(2, (await bia.ExpectAsync<DaemonFrame.Message>()).Seq);
    }

    /// <summary>Like a replica that takes over before it has everything. Numbers that were shown must not be given again.</summary>
    [TestMethod]
    public async Task AServerThatHasLostCommitsIsNotWrittenToUntilARestart()
    {
        var database = await TestServer.NewSchemaAsync();
        var schema = database.Split("Search Path=")[1];
        await using var daemon = await TestDaemon.StartAsync(("Chat:Database", database));
        string? log;
        await using (var ana = await daemon.GuestAsync("ana"))
        {
            log = (await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"))).Log;
            await ana.SayAsync("geral", "fica");
            await ana.SayAsync("geral", "se perde");
            await TestServer.ExecuteAsync($"""
                DELETE FROM {schema}.messages WHERE seq = 2;
                UPDATE {schema}.epoch SET commits = commits - 1;
                """);
            await EndConnectionsAsync(schema);

            await HealthAsync(daemon, HttpStatusCode.ServiceUnavailable);
            var refused = await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("outra", "geral") { Id = "x" });
            Assert.AreEqual(RefusalCode.Unavailable, refused.Code);
        }
        await daemon.RestartAsync();

        await using var bia = await daemon.GuestAsync("bia");
        Assert.AreNotEqual(log, (await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"))).Log);
        Assert.AreEqual(2, (await bia.SayAsync("geral", "outra")).Seq);
    }

    /// <summary>
    /// What a daemon knows is old when another has served in between, which may be gone, and may have been lost by a restored backup: the
    /// numbers of commits can be the same.
    /// </summary>
    [TestMethod]
    public async Task AServerThatAnotherHasServedIsNotWrittenToUntilARestart()
    {
        var database = await TestServer.NewSchemaAsync();
        var schema = database.Split("Search Path=")[1];
        await using var daemon = await TestDaemon.StartAsync(("Chat:Database", database));
        await using (var ana = await daemon.GuestAsync("ana"))
        {
            await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
            await ana.SayAsync("geral", "antes");
            await TestServer.ExecuteAsync($"UPDATE {schema}.epoch SET writer = 'another'");
            await EndConnectionsAsync(schema);
            await HealthAsync(daemon, HttpStatusCode.ServiceUnavailable);
            var refused = await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message("outra", "geral") { Id = "x" });
            Assert.AreEqual(RefusalCode.Unavailable, refused.Code);
        }
        await daemon.RestartAsync();

        await using var bia = await daemon.GuestAsync("bia");
        await bia.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("geral"));
        Assert.AreEqual(2, (await bia.SayAsync("geral", "outra")).Seq);
    }

    /// <summary>Those that have begun with the schema: the daemon's.</summary>
    private static Task EndConnectionsAsync(string schema) => TestServer.ExecuteAsync($"""
        SELECT pg_terminate_backend(l.pid) FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
        WHERE locktype = 'advisory' AND ((CAST(classid AS BIGINT) << 32) | CAST(objid AS BIGINT))
            = hashtextextended('chatd writer {schema}', 0)
        """);

    /// <summary>Waits until /health answers so.</summary>
    private static async Task HealthAsync(TestDaemon daemon, HttpStatusCode wanted)
    {
        using var http = new HttpClient();
        await Wait.UntilAsync(
            async () =>
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{daemon.HttpPort}/health"));
                return answer.StatusCode == wanted;
            },
            () => Task.Delay(100));
    }
}
