using Chat.Daemon.Configuration;
using Chat.Daemon.Storage;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Rooms;

/// <summary>What becomes of messages where the storage fails, or the process is killed.</summary>
[TestClass]
public sealed class StorageTests
{
    [TestMethod]
    public async Task OnAFullDiskTheSenderIsToldAndAllGoesOnWhenThereIsRoomAgain()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "geral");
        await ana.SayAsync("geral", "antes");
        await bia.ExpectAsync<DaemonFrame.Message>();

        await PagesAsync(daemon, "1");
        var text = new string('a', 4000);
        DaemonFrame answer;
        var last = 1L;
        while ((answer = await ana.AskAsync<DaemonFrame>(new ClientFrame.Message(text, "geral"))) is DaemonFrame.Message echo)
        {
            Assert.AreEqual(++last, echo.Seq);
            Assert.AreEqual(last, (await bia.ExpectAsync<DaemonFrame.Message>()).Seq);
        }
        Assert.AreEqual((RefusalCode.Storage, "geral"), answer is DaemonFrame.Error error ? (error.Code, error.Room) : default);
        for (var i = 0; i < 3; i++) Assert.AreEqual(RefusalCode.Storage, (await ana.AskAsync<DaemonFrame.Error>(new ClientFrame.Message(text, "geral") { Id = "again" })).Code);
        await bia.ExpectNothingAsync();
        Assert.AreEqual(last, (await bia.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral"))).Messages[^1].Seq);

        await PagesAsync(daemon, "1000000");
        Assert.AreEqual(last + 1, (await ana.AskAsync<DaemonFrame.Message>(new ClientFrame.Message(text, "geral") { Id = "again" })).Seq);
        Assert.AreEqual(last + 2, (await bia.SayAsync("geral", "depois")).Seq);
        Assert.AreEqual(last + 1, (await bia.ExpectAsync<DaemonFrame.Message>()).Seq);
    }

    [TestMethod]
    public async Task OnAFullDiskNothingNewIsMadeAndNobodyIsCutOff()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.ConnectAsync("bia");
        var token = (await bia.LoginAsync("bia", "geral")).Token;
        await PagesAsync(daemon, "1");

        DaemonFrame answer;
        for (var i = 0; (answer = await ana.AskAsync<DaemonFrame>(new ClientFrame.Join($"sala{i}"))) is DaemonFrame.Joined; i++)
            await ana.AskAsync<DaemonFrame.Left>(new ClientFrame.Leave($"sala{i}"));
        Assert.AreEqual(RefusalCode.Storage, ((DaemonFrame.Error)answer).Code);
        for (var i = 0; (answer = await LoginAsync(daemon, $"guest{i}")) is DaemonFrame.Welcome; i++) Assert.IsLessThan(1000, i);
        Assert.AreEqual(RefusalCode.Storage, ((DaemonFrame.Error)answer).Code);
        await using var back = await daemon.ConnectAsync("bia");
        await back.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Login(Token: token, Rooms: ["nova", "geral"]));
        Assert.AreEqual((RefusalCode.Storage, "nova"), await back.ExpectAsync<DaemonFrame.Error>() is var error ? (error.Code, error.Room) : default);
        await back.ExpectAsync<DaemonFrame.Joined>(j => j.Room == "geral");

        await PagesAsync(daemon, "1000000");
        Assert.IsInstanceOfType<DaemonFrame.Welcome>(await LoginAsync(daemon, "caio"));
        await ana.AskAsync<DaemonFrame.Joined>(new ClientFrame.Join("nova"));
    }

    [TestMethod]
    [DataRow("full")]
    [DataRow("normal")]
    public async Task AKilledDaemonHasEveryMessageThatItHasEchoed(string durability)
    {
        await using var daemon = await ProcessDaemon.StartAsync($"--Chat:History:Durability={durability}", "--Chat:Limits:MessagesPerSecond=0", "--Chat:Limits:LoginsPerMinute=0");
        var writers = new Writer[] { new("ana"), new("bia"), new("caio") };
        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(writers.Select(w => w.ComeBackAsync(daemon.Port)));
            var writing = writers.Select(w => w.WriteAsync()).ToList();
            await writers[round % 3].EchoesAsync(200);
            daemon.Kill();
            await Task.WhenAll(writing);
            Assert.AreEqual(137, await daemon.ExitAsync());
            await daemon.StartAgainAsync();
        }
        foreach (var writer in writers) await writer.ComeBackAsync(daemon.Port);
        await using var reader = await TestClient.ConnectAsync(daemon.Port);
        await reader.LoginAsync("reader", "geral");
        List<DaemonFrame.Message> log = [];
        while ((await reader.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral", After: log.Count, Limit: 500))).Messages is { Count: > 0 } page) log.AddRange(page);

        CollectionAssert.AreEqual(Enumerable.Range(1, log.Count).ToArray(), log.Select(m => (int)m.Seq).ToArray());
        foreach (var writer in writers)
        {
            CollectionAssert.AreEqual(Enumerable.Range(1, writer.Sent).Select(i => $"{i}").ToArray(), log.Where(m => m.From == writer.Name).Select(m => m.Text).ToArray());
            foreach (var (text, seq) in writer.Echoed) Assert.AreEqual((writer.Name, text), (log[(int)seq - 1].From, log[(int)seq - 1].Text));
            await writer.DisposeAsync();
        }
    }

    /// <summary>What a login by name is answered; it is tried twice over one connection where it is refused.</summary>
    private static async Task<DaemonFrame> LoginAsync(TestDaemon daemon, string user)
    {
        await using var client = await daemon.ConnectAsync(user);
        var answer = await client.AskAsync<DaemonFrame>(new ClientFrame.Login(user, Rooms: []));
        return answer is DaemonFrame.Error ? await client.AskAsync<DaemonFrame>(new ClientFrame.Login(user, Rooms: [])) : answer;
    }

    private static Task<long> PagesAsync(TestDaemon daemon, string most) =>
        daemon.Get<SqliteWriter>().WriteAsync(connection => Sql.Number(connection, $"PRAGMA max_page_count = {most}"));

    /// <summary>Writes numbers as fast as it may, and after each loss sends again what was not echoed, as the protocol asks.</summary>
    private sealed class Writer(string name) : IAsyncDisposable
    {
        private TestClient? client;
        private string? token;

        public string Name => name;

        public int Sent { get; private set; }

        public Dictionary<string, long> Echoed { get; } = [];

        public async Task ComeBackAsync(int port)
        {
            if (client is not null) await client.DisposeAsync();
            client = await TestClient.ConnectAsync(port, name);
            token = (await client.LoginAsync(token is null ? new ClientFrame.Login(name, Rooms: ["geral"]) : new ClientFrame.Login(Token: token, Rooms: ["geral"]))).Token;
            for (var i = 1; i <= Sent; i++)
            {
                if (Echoed.ContainsKey($"{i}")) continue;
                Echoed[$"{i}"] = (await client.AskAsync<DaemonFrame.Message>(new ClientFrame.Message($"{i}", "geral") { Id = $"{i}" })).Seq;
            }
        }

        /// <summary>Until the daemon is gone; then takes note of every echo that has come.</summary>
        public async Task WriteAsync()
        {
            try
            {
                while (!client!.Closed.IsCompleted)
                {
                    for (var i = 0; i < 50; i++)
                    {
                        await client.SendAsync(new ClientFrame.Message($"{Sent + 1}", "geral") { Id = $"{Sent + 1}" });
                        Sent++;
                    }
                    await client.SettleAsync();
                }
            }
            catch (Exception e) when (e is IOException or ExpectationException)
            {
                await client!.ExpectClosedAsync(); // killed in the middle of a frame
            }
            foreach (var echo in client!.Waiting.Select(w => w.Frame).OfType<DaemonFrame.Message>().Where(m => m.Id is not null)) Echoed[echo.Id!] = echo.Seq;
        }

        public async Task EchoesAsync(int count)
        {
            while (client!.Waiting.Count(w => w.Frame is DaemonFrame.Message { Id: not null }) < count && !client.Closed.IsCompleted) await client.SettleAsync();
        }

        public ValueTask DisposeAsync() => client!.DisposeAsync();
    }
}
