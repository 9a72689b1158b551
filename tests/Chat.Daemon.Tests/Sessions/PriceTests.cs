using System.Net;
using System.Text.Json.Serialization;
using Chat.Daemon.Sessions.Limits;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;
using Chat.Testing;

namespace Chat.Daemon.Tests.Sessions;

/// <summary>Every frame has a price. Above its budget a connection is read more slowly, but nothing is refused.</summary>
[TestClass]
public sealed class PriceTests
{
    private const int Flood = 1_000;

    private static readonly (string, string) Rate = ("Chat:Limits:MessagesPerSecond", "10");

    private readonly TestTime time = new();

    [TestMethod]
    public void EveryFrameHasAPrice()
    {
        foreach (var type in typeof(ClientFrame).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false))
        {
            var frame = ((JsonDerivedTypeAttribute)type).DerivedType;
            var some = (ClientFrame)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(frame);
            Assert.IsGreaterThan(0, PriceTable.Of(some), frame.Name);
        }
    }

    [TestMethod]
    [DataRow("""{"type":"ping","id":"#"}""")]
    [DataRow("""{"type":"login","user":"sistema","id":"#"}""")]
    [DataRow("""{"type":"history","room":"geral","id":"#"}""")]
    [DataRow("""{"type":"nada","id":"#"}""")]
    public async Task BeforeALoginAFloodIsReadSlowlyButAnswered(string frame)
    {
        await using var daemon = await TestDaemon.StartAsync(null, time, Rate, ("Chat:Limits:LoginSeconds", "3600"));
        await using var hostile = await daemon.ConnectAsync("hostile");
        await FloodAsync(daemon, hostile, frame);
    }

    [TestMethod]
    [DataRow("""{"type":"ping","id":"#"}""")]
    [DataRow("""{"type":"history","room":"geral","id":"#"}""")]
    [DataRow("""{"type":"members","room":"geral","id":"#"}""")]
    [DataRow("""{"type":"complete","text":"/a","room":"geral","id":"#"}""")]
    [DataRow("""{"type":"join","room":"geral","id":"#"}""")]
    [DataRow("""{"type":"message","room":"outra","text":"","id":"#"}""")]
    public async Task AfterALoginAFloodIsReadSlowlyButAnswered(string frame)
    {
        await using var daemon = await TestDaemon.StartAsync(null, time, Rate);
        await using var hostile = await daemon.GuestAsync("hostile", "geral");
        await FloodAsync(daemon, hostile, frame);
    }

    [TestMethod]
    public async Task APageCostsWhatItReturns()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time, Rate);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        await using var bia = await daemon.GuestAsync("bia", "vazia");
        for (var i = 0; i < 20; i++) await ana.SayAsync("geral", new string('x', 4_000));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsInRange(1, 10, await AtOnceAsync(daemon, ana, """{"type":"history","room":"geral","id":"#"}"""));
        Assert.IsInRange(100, 130, await AtOnceAsync(daemon, bia, """{"type":"history","room":"vazia","id":"#"}"""));
    }

    /// <summary>The echo of a message that is sent again is read from the log, as a page is.</summary>
    [TestMethod]
    [DataRow("""{"type":"message","room":"geral","text":"#","id":"1"}""")]
    [DataRow("""{"type":"message","to":"ana","text":"#","id":"1"}""")]
    public async Task AnEchoOfAMessageSentAgainCostsWhatItReturns(string again)
    {
        await using var daemon = await TestDaemon.StartAsync(null, time, Rate);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        var text = new string('x', 4_000);
        await ana.SendBytesAsync(System.Text.Encoding.UTF8.GetBytes(again.Replace("#", text, StringComparison.Ordinal) + "\n"));
        await ana.ExpectAsync<DaemonFrame.Message>(m => m.Id == "1");
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsInRange(60, 110, await AtOnceAsync(daemon, ana, again));
    }

    /// <summary>Nobody has the word, so answers are empty: what costs is the looking, by the clock, so more on a busy machine.</summary>
    [TestMethod]
    public async Task ASearchCostsWhatItTakes()
    {
        await using var users = await TestUsers.StartAsync(null, time, Rate, ("Chat:History:Durability", "none"));
        // Each from an address of its own, which pays too.
        var (ana, bia) = (await EnterAsync("ana", "127.0.0.2", "geral"), await EnterAsync("bia", "127.0.0.3", "vazia"));
        for (var i = 0; i < 200; i++)
        {
            await ana.SayAsync("geral", string.Concat(Enumerable.Repeat("é a ", 1_000)));
            time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.IsInRange(1, 50, await AtOnceAsync(users.Daemon, ana, """{"type":"search","text":"nada","id":"#"}"""));
        Assert.IsInRange(60, 130, await AtOnceAsync(users.Daemon, bia, """{"type":"search","text":"nada","id":"#"}"""));
        // Read marks are stored at the end, with rests.
        var stopped = users.Daemon.StopAsync();
        await Wait.UntilAsync(() => stopped.IsCompleted, () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.Delay(10);
        });

        async Task<TestClient> EnterAsync(string name, string address, string room)
        {
            await users.AccountAsync(name, Role.Member);
            var client = await users.ConnectAsync(name, IPAddress.Parse(address));
            await client.LoginAsync(new ClientFrame.Login(name, TestUsers.Password, Rooms: [room]));
            return client;
        }
    }

    /// <summary>The session pays, so a new connection with its token brings no new budget.</summary>
    [TestMethod]
    public async Task ReconnectingBringsNothing()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time, Rate);
        await using var first = await daemon.ConnectAsync("first");
        var token = (await first.LoginAsync("ana")).Token;
        await AtOnceAsync(daemon, first, """{"type":"ping","id":"a#"}""");
        await using var second = await daemon.ConnectAsync("second");
        await second.SendAsync(new ClientFrame.Login(Token: token, Rooms: []));
        await second.ExpectAsync<DaemonFrame.Welcome>();
        Assert.AreEqual(0, await AtOnceAsync(daemon, second, """{"type":"ping","id":"b#"}""", atLeast: 0));
    }

    /// <summary>Forty connections of an address may do as much as four, and other addresses do not notice.</summary>
    [TestMethod]
    public async Task AnAddressHasABudgetToo()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time, Rate, ("Chat:Limits:ConnectionsPerAddress", "40"));
        List<TestClient> clients = [];
        for (var i = 0; i < 20; i++) clients.Add(await daemon.ConnectAsync());
        foreach (var client in clients)
            for (var i = 0; i < 200; i++) await client.SendAsync(new ClientFrame.Ping { Id = $"{i}" });
        await using var other = await TestClient.ConnectAsync(daemon.Port, "other", from: IPAddress.Parse("127.0.0.2"));
        await Wait.UntilAsync(() => clients.Sum(Pongs) > 1_000, other.SettleAsync);
        Assert.IsLessThan(2_100, clients.Sum(Pongs));
        await other.LoginAsync("bia");
        foreach (var client in clients) await client.DisposeAsync();
    }

    [TestMethod]
    public async Task WithoutARateEverythingIsFree()
    {
        await using var daemon = await TestDaemon.StartAsync(null, time);
        await using var ana = await daemon.GuestAsync("ana", "geral");
        for (var i = 1; i <= 5_000; i++) await ana.SendAsync(new ClientFrame.Ping { Id = $"{i}" });
        await ana.ExpectAsync<DaemonFrame.Pong>(p => p.Id == "5000");
    }

    private async Task FloodAsync(TestDaemon daemon, TestClient hostile, string frame)
    {
        var atOnce = await AtOnceAsync(daemon, hostile, frame);
        Assert.IsInRange(5, 600, atOnce);
        var last = hostile.ExpectAsync<DaemonFrame>(f => f.Id == $"{Flood}");
        await using var other = await daemon.ConnectAsync("other");
        await Wait.UntilAsync(() => last.IsCompleted, async () =>
        {
            var answered = Answers(hostile);
            time.Advance(TimeSpan.FromSeconds(10));
            // The daemon reads what that allows. Otherwise the clock would run past the time for a login on a busy machine.
            for (var i = 0; i < 50 && Answers(hostile) == answered && !last.IsCompleted; i++) await other.SettleAsync();
        });
        Assert.AreNotEqual(RefusalCode.RateLimited, (await last as DaemonFrame.Error)?.Code);
    }

    /// <summary>Sends the frame a thousand times, and counts the answers that come while the clock stands still.</summary>
    private static async Task<int> AtOnceAsync(TestDaemon daemon, TestClient hostile, string frame, int atLeast = 1)
    {
        await hostile.SendBytesAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(
            Enumerable.Range(1, Flood).Select(i => frame.Replace("#", $"{i}", StringComparison.Ordinal) + "\n"))));
        // The daemon is at rest once no answer has come during many turns of other clients, each within its own budget.
        var (before, quiet) = (-1, 0);
        await Wait.UntilAsync(() => quiet > 5, async () =>
        {
            await using var other = await daemon.ConnectAsync("other");
            for (var i = 0; i < 50; i++) await other.SettleAsync();
            var now = Answers(hostile);
            (before, quiet) = (now, now >= atLeast && now == before ? quiet + 1 : 0);
        });
        return before;
    }

    private static int Answers(TestClient client) => client.Waiting.Count(r => r.Frame is { Id: not null });

    private static int Pongs(TestClient client) => client.Waiting.Count(r => r.Frame is DaemonFrame.Pong);
}
