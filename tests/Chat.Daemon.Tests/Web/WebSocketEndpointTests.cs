using System.Net;
using System.Net.Sockets;
using System.Text;
using Chat.Daemon.Tests.Transport;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Web;

/// <summary><c>/ws</c>: the handshake, what is refused before it, and how its connections count.</summary>
[TestClass]
public sealed class WebSocketEndpointTests
{
    private static readonly string Upgrade =
        "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
        + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {RawWebSocket.Key}\r\n\r\n";

    [TestMethod]
    public async Task TheSubprotocolIsChosenIfOfferedAndNoExtensionEver()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using (var offered = await RawWebSocket.ConnectAsync(
            daemon, "Sec-WebSocket-Protocol: mqtt, chat.v1\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"))
        {
            StringAssert.Contains(offered.Answer, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
            StringAssert.Contains(offered.Answer, "Sec-WebSocket-Protocol: chat.v1\r\n");
            Assert.DoesNotContain("Extensions", offered.Answer);
        }
        using var without = await RawWebSocket.ConnectAsync(daemon, "Sec-WebSocket-Protocol: mqtt\r\n");
        Assert.DoesNotContain("Sec-WebSocket-Protocol", without.Answer);
    }

    [TestMethod]
    [DataRow("Upgrade: websocket", "Upgrade: h2c", 426)]
    [DataRow("Connection: keep-alive, Upgrade", "Connection: keep-alive", 426)]
    [DataRow("Version: 13", "Version: 8", 426)]
    [DataRow("Key: dGhl", "Key: ", 400)]
    [DataRow("Key: dGhl", "Key: ****", 400)]
    [DataRow("GET", "POST", 405)]
    [DataRow("/ws", "/wss", 404)]
    [DataRow("Host: localhost", "Host: rebound.example", 403)]
    [DataRow("Host: localhost", "Host: localhost\r\nOrigin: https://other.example", 403)]
    [DataRow("Host: localhost", "Host: localhost\r\nHost: localhost", 400)]
    [DataRow("GET /ws", "GET http://rebound.example/ws", 400)]
    public async Task AWrongRequestIsRefused(string part, string instead, int status)
    {
        await using var daemon = await TestDaemon.StartAsync();
        var answer = await RawHttp.AskAsync(daemon, Upgrade.Replace(part, instead, StringComparison.Ordinal));
        StringAssert.StartsWith(answer, $"HTTP/1.1 {status} ");
        if (status == 426) StringAssert.Contains(answer, "\r\nSec-WebSocket-Version: 13\r\n");
    }

    [TestMethod]
    [DataRow(65, 1)]
    [DataRow(1, 20_000)]
    public async Task HugeHeadersAreRefused(int count, int length)
    {
        await using var daemon = await TestDaemon.StartAsync();
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: {new string('x', length)}\r\n"));
        var answer = await RawHttp.AskAsync(daemon, Upgrade[..^2] + headers + "\r\n");
        StringAssert.StartsWith(answer, "HTTP/1.1 431 ");
    }

    [TestMethod]
    public async Task AConnectionCountsOnceWithThoseOfTheLineProtocol()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Limits:ConnectionsPerAddress", "3"));
        await using var tcp = await daemon.ConnectAsync();
        await using var first = await daemon.ConnectAsync("first", TestTransport.WebSocket);
        await first.LoginAsync("ana");
        await using (var second = await daemon.ConnectAsync("second", TestTransport.WebSocket))
        {
            await second.LoginAsync("bia");
            await using var refused = await daemon.ConnectAsync("refused");
            Assert.AreEqual(ByeReason.TooManyConnections, (await refused.ExpectAsync<DaemonFrame.Bye>()).Reason);
            using var above = await RawWebSocket.ConnectAsync(daemon);
            Assert.AreEqual("""{"type":"bye","reason":"too_many_connections"}""", await above.ReadTextAsync());
            await above.ExpectCloseAsync(1013);
            StringAssert.StartsWith(await RawHttp.AskAsync(daemon, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"), "HTTP/1.1 503 ");
            await second.AskAsync<DaemonFrame.Bye>(new ClientFrame.Logout());
        }
        await Wait.UntilAsync(async () =>
        {
            await using var later = await daemon.ConnectAsync("later");
            await later.ExpectAsync<DaemonFrame.Hello>();
            await later.SendAsync(new ClientFrame.Ping());
            return (await later.NextAsync()).Frame is DaemonFrame.Pong;
        }, () => first.SettleAsync());
    }

    [TestMethod]
    [DataRow("http")]
    [DataRow("https")]
    public async Task LongListsArriveWhole(string scheme)
    {
        using var certificate = new TestCertificate();
        await using var daemon = await TestDaemon.StartAsync(
            ("Chat:Listen:Https", "127.0.0.1:0"), ("Chat:Tls:Certificate", certificate.Path));
        await using var ana = await daemon.ConnectAsync("ana", new TestTransport(scheme, scheme == "https" ? certificate : null));
        await ana.LoginAsync("ana", "geral");
        var text = new string('語', 4_000);
        for (var i = 0; i < 60; i++) Assert.AreEqual(text, (await ana.SayAsync("geral", text)).Text);
        for (var seq = 60; seq > 0;)
        {
            var page = await ana.AskAsync<DaemonFrame.History>(new ClientFrame.History("geral", Before: seq + 1, Limit: 500));
            Assert.IsTrue(page.Messages.All(m => m.Text == text));
            Assert.AreEqual(seq, page.Messages[^1].Seq);
            seq = (int)page.Messages[0].Seq - 1;
        }
    }
}
