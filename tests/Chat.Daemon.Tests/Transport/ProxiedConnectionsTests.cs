using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Chat.Daemon.Tests.Commands;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Transport;

/// <summary>Clients behind a proxy for TCP and TLS count for their own addresses, if the operator has named the proxy.</summary>
[TestClass]
public sealed class ProxiedConnectionsTests
{
    private static readonly (string, string)[] Named = [("Chat:Listen:Proxies:0", "127.0.0.1"), ("Chat:Limits:ConnectionsPerAddress", "1")];

    private static readonly IPEndPoint Ana = new(IPAddress.Parse("192.0.2.1"), 1_000), Bia = new(IPAddress.Parse("192.0.2.2"), 1_000);

    [TestMethod]
    [DataRow("reactors")]
    [DataRow("kestrel")]
    public async Task ClientsCountForTheirOwnAddresses(string transport)
    {
        await using var daemon = await TestDaemon.StartAsync([.. Named, ("Chat:Transport:Tcp", transport)]);
        await using var ana = await BehindAsync(daemon, ProxyBytes.Of(Ana));
        await ana.LoginAsync("ana", "geral");
        await using var bia = await BehindAsync(daemon, ProxyBytes.Of(Bia, more: new byte[300]));
        await bia.LoginAsync("bia", "geral");
        await using var again = await BehindAsync(daemon, ProxyBytes.Of(Ana));
        Assert.AreEqual(ByeReason.TooManyConnections, (await again.ExpectAsync<DaemonFrame.Bye>()).Reason);
        await ana.SayAsync("geral", "oi");
    }

    /// <summary>The header may come byte by byte, and the first frames with its end.</summary>
    [TestMethod]
    public async Task AHeaderMayComeInPieces()
    {
        await using var daemon = await TestDaemon.StartAsync(Named);
        await using var ana = await TestClient.ConnectAsync(daemon.Port, "ana");
        var header = ProxyBytes.Of(Ana);
        foreach (var one in header[..^1]) await ana.SendBytesAsync(new[] { one });
        await ana.SendBytesAsync((byte[])[header[^1], .. "{\"type\":\"login\",\"user\":\"ana\"}\n"u8]);
        await ana.ExpectAsync<DaemonFrame.Welcome>();
    }

    [TestMethod]
    public async Task WithoutAHeaderNothingIsServed()
    {
        using var log = new CapturedLog();
        await using var daemon = await TestDaemon.StartAsync(log, null, Named);
        await using (var client = await TestClient.ConnectAsync(daemon.Port, "without"))
        {
            await client.SendAsync("""{"type":"login","user":"ana"}""");
            await client.ExpectClosedAsync();
            Assert.IsEmpty(client.Waiting);
        }
        await log.LineAsync(line => line.Contains("Refused a connection from 127.0.0.1, which Chat:Listen:Proxies names"));
        await using (var check = await TestClient.ConnectAsync(daemon.Port, "check")) check.ShutdownSend();
        await using var local = await BehindAsync(daemon, ProxyBytes.Raw(0x20, 0, []));
        await local.LoginAsync("ana", "geral"); // of the proxy itself
    }

    [TestMethod]
    public async Task ASilentConnectionEnds()
    {
        await using var daemon = await TestDaemon.StartAsync(Named);
        await using var silent = await TestClient.ConnectAsync(daemon.Port, "silent", Wait.Limit);
        await silent.SendBytesAsync(ProxyBytes.Of(Ana).AsMemory(0, 20));
        await silent.ExpectClosedAsync();
        Assert.IsEmpty(silent.Waiting);
    }

    [TestMethod]
    public async Task FromAnotherAddressTheHeaderIsGarbage()
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Listen:Proxies:0", "192.0.2.0/24"));
        await using var client = await BehindAsync(daemon, ProxyBytes.Of(Ana));
        await client.SendAsync("");
        await client.ExpectAsync<DaemonFrame.Hello>();
        Assert.AreEqual("bad_frame", (await client.ExpectAsync<DaemonFrame.Error>()).Code);
    }

    [TestMethod]
    public async Task TheHeaderComesBeforeTheHandshakeOfTls()
    {
        using var certificate = new TestCertificate();
        await using var daemon = await TestDaemon.StartAsync(
            [.. Named, ("Chat:Listen:Tls", "127.0.0.1:0"), ("Chat:Tls:Certificate", certificate.Path)]);
        var streams = new List<SslStream>();
        foreach (var client in (IPEndPoint[])[Ana, Bia]) streams.Add(await HandshakeAsync(client));
        foreach (var stream in streams)
        {
            StringAssert.StartsWith(await new StreamReader(stream).ReadLineAsync(), """{"type":"hello",""");
            await stream.DisposeAsync();
        }

        async Task<SslStream> HandshakeAsync(IPEndPoint client)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, daemon.TlsPort);
            await socket.SendAsync(ProxyBytes.Of(client));
            var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), leaveInnerStreamOpen: false, certificate.Judge);
            await stream.AuthenticateAsClientAsync(TestCertificate.Host);
            return stream;
        }
    }

    private static async Task<TestClient> BehindAsync(TestDaemon daemon, byte[] header)
    {
        var client = await TestClient.ConnectAsync(daemon.Port, "behind");
        await client.SendBytesAsync(header);
        return client;
    }
}
