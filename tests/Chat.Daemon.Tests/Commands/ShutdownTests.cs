using Chat.Protocol;
using Chat.Testing;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary><c>/encerrar</c>: whatever else goes on, one clean end.</summary>
[TestClass]
public sealed class ShutdownTests
{
    private const string Password = "--Chat:Admin:Password=" + TestDaemon.AdminPassword;

    [TestMethod]
    public async Task AShutdownSaysByeToEverybody()
    {
        await using var users = await TestUsers.StartAsync();
        var ended = users.Daemon.EndedAsync();
        var (admin, ana) = (await users.AdminAsync(), await users.EnterAsync("ana"));

        Assert.AreEqual("O servidor está sendo encerrado.", await admin.TypeAsync("/encerrar"));

        foreach (var client in (TestClient[])[admin, ana])
            Assert.AreEqual("shutdown", (await client.ExpectAsync<DaemonFrame.Bye>()).Reason);
        await ended;
    }

    [TestMethod]
    public async Task ACountdownIsAnnouncedAndCanBeCancelled()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        var (admin, ana) = (await users.AdminAsync("en"), await users.EnterAsync("ana"));

        Assert.AreEqual(
            "The daemon shuts down in 1m30s. To cancel: /shutdown cancel.", await admin.TypeAsync("/shutdown 1m30s versão nova"));
        Assert.AreEqual("O servidor será encerrado em 1m30s. (versão nova)", await NoticeAsync(ana));
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.AreEqual("O servidor será encerrado em 1m. (versão nova)", await NoticeAsync(ana));
        Assert.AreEqual("Shutdown cancelled.", await admin.TypeAsync("/shutdown cancel"));
        Assert.AreEqual("O encerramento foi cancelado.", await NoticeAsync(ana));
        Assert.AreEqual("bad_arguments", await admin.TypeAsync("/encerrar cancelar"));
        time.Advance(TimeSpan.FromMinutes(10));
        await ana.SayAsync("geral", "ainda aqui");
    }

    [TestMethod]
    public async Task ASecondCountdownReplacesTheFirst()
    {
        var time = new TestTime();
        await using var users = await TestUsers.StartAsync(null, time);
        var ended = users.Daemon.EndedAsync();
        var (admin, ana) = (await users.AdminAsync(), await users.EnterAsync("ana"));

        await admin.ReplyAsync("/encerrar 1h");
        await admin.ReplyAsync("/encerrar 20s");
        Assert.AreEqual("O servidor será encerrado em 1h.", await NoticeAsync(ana));
        Assert.AreEqual("O servidor será encerrado em 20s.", await NoticeAsync(ana));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.AreEqual("O servidor será encerrado em 10s.", await NoticeAsync(ana));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.AreEqual("O servidor será encerrado em 5s.", await NoticeAsync(ana));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.AreEqual("shutdown", (await ana.ExpectAsync<DaemonFrame.Bye>()).Reason);
        await ended;
    }

    [TestMethod]
    public async Task AShutdownDuringACountdownTakesEffectAtOnce()
    {
        await using var daemon = await ProcessDaemon.StartAsync(Password);
        await using var admin = await AdminAsync(daemon);
        await admin.ReplyAsync("/encerrar 10m");
        for (var i = 0; i < 3; i++) await admin.SendAsync(new ClientFrame.Message("/encerrar", "geral"));
        Assert.AreEqual("shutdown", (await admin.ExpectAsync<DaemonFrame.Bye>()).Reason);
        Assert.AreEqual(0, await daemon.ExitAsync(), daemon.Errors);
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task AShutdownDuringAFloodLosesNoEchoedMessage()
    {
        const int Clients = 100;
        await using var daemon = await ProcessDaemon.StartAsync(
            Password, "--Chat:Limits:MessagesPerSecond=0", "--Chat:Limits:LoginsPerMinute=0", "--Chat:Limits:OutboxBytes=67108864");
        await using var admin = await AdminAsync(daemon);
        var flooders = await Task.WhenAll(
            Enumerable.Range(0, Clients).Select(i => Flooder.EnterAsync(daemon.Port, $"u{i}", $"sala{i % 10}")));
        var flooding = flooders.Select(f => f.RunAsync()).ToList();
        await Task.WhenAll(flooders.Select(f => f.HasEchoes));

        Assert.AreEqual("O servidor está sendo encerrado.", await admin.TypeAsync("/encerrar 0s manutenção"));
        await Task.WhenAll(flooding);
        Assert.AreEqual(0, await daemon.ExitAsync(), daemon.Errors);
        Assert.IsTrue(flooders.All(f => f.Bye == "shutdown"), string.Join(' ', flooders.Select(f => f.Bye).Distinct()));

        await daemon.StartAgainAsync();
        await using var reader = await TestClient.ConnectAsync(daemon.Port, "reader", TimeSpan.FromSeconds(60));
        await reader.LoginAsync("reader", [.. Enumerable.Range(0, 10).Select(i => $"sala{i}")]);
        foreach (var room in flooders.GroupBy(f => f.Room))
        {
            var kept = await MessagesAsync(reader, room.Key);
            CollectionAssert.AreEqual(
                Enumerable.Range(1, kept.Count).Select(n => (long)n).ToList(), kept.ConvertAll(m => m.Seq), "no hole and no repeat");
            foreach (var echo in room.SelectMany(f => f.Echoes))
                Assert.AreEqual((echo.Text, echo.From), (kept[(int)echo.Seq - 1].Text, kept[(int)echo.Seq - 1].From));
        }
    }

    [TestMethod]
    public async Task AHangingPluginDoesNotDelayTheShutdown()
    {
        using var folder = new CommandLine.ScratchFolder();
        TestUsers.Drop("Hanger", folder.Path);
        await using var daemon = await ProcessDaemon.StartAsync(Password, "--plugins", folder.Path);
        await using var admin = await AdminAsync(daemon);
        Assert.Contains("hanger", await admin.TypeAsync("/plugins"));
        await admin.ReplyAsync("/encerrar");
        Assert.AreEqual(0, await daemon.ExitAsync());
    }

    [TestMethod]
    public async Task AGuestCannotShutDown()
    {
        await using var users = await TestUsers.StartAsync();
        var gil = await users.EnterAsync("gil");
        foreach (var line in (string[])["/encerrar", "/shutdown 5m", "/encerrar cancelar", "/ENCERRAR agora"])
            Assert.AreEqual("forbidden", await gil.TypeAsync(line), line);
        Assert.AreEqual("forbidden", (await gil.AskAsync<DaemonFrame.Error>(new ClientFrame.Command("encerrar"))).Code);
        await gil.SayAsync("geral", "tudo bem");
    }

    private static async Task<string> NoticeAsync(TestClient client) => (await client.ExpectAsync<DaemonFrame.Notice>()).Text;

    private static async Task<TestClient> AdminAsync(ProcessDaemon daemon)
    {
        var admin = await TestClient.ConnectAsync(daemon.Port, "admin", TimeSpan.FromSeconds(60));
        await admin.LoginAsync(new ClientFrame.Login("admin", TestDaemon.AdminPassword));
        return admin;
    }

    private static async Task<List<DaemonFrame.Message>> MessagesAsync(TestClient reader, string room)
    {
        var all = new List<DaemonFrame.Message>();
        while (true)
        {
            var page = await reader.AskAsync<DaemonFrame.History>(new ClientFrame.History(room, After: all.Count, Limit: 500));
            all.AddRange(page.Messages);
            if (!page.More) return all;
        }
    }

    /// <summary>Writes as fast as its echoes come, ten ahead of them, until the daemon says bye.</summary>
    private sealed class Flooder(TestClient client, string room)
    {
        private const int Ahead = 10, Enough = 5;

        private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Room => room;

        public List<DaemonFrame.Message> Echoes { get; } = [];

        public string? Bye { get; private set; }

        public Task HasEchoes => started.Task;

        public static async Task<Flooder> EnterAsync(int port, string user, string room)
        {
            var client = await TestClient.ConnectAsync(port, user, TimeSpan.FromSeconds(60));
            await client.LoginAsync(user, room);
            return new(client, room);
        }

        public async Task RunAsync()
        {
            await using var own = client;
            var next = 0;
            for (; next < Ahead; next++) await SayAsync(next);
            while (Bye is null)
            {
                switch ((await client.NextAsync()).Frame)
                {
                    case DaemonFrame.Message { Id: not null } echo:
                        Echoes.Add(echo);
                        if (Echoes.Count == Enough) started.TrySetResult();
                        await SayAsync(next++);
                        break;
                    case DaemonFrame.Bye bye:
                        Bye = bye.Reason;
                        break;
                }
            }
        }

        private async Task SayAsync(int number)
        {
            try
            {
                await client.SendAsync(new ClientFrame.Message($"{client.Name} {number}", room) { Id = $"{number}" });
            }
            catch (IOException)
            {
                // The daemon has ended its side; what it said before is still to be read.
            }
        }
    }
}
