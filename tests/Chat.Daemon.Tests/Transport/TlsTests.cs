using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Transport;

[TestClass]
public sealed class TlsTests
{
    /// <summary>The record that tells the end (RFC 5246, 6.2.1); up to TLS 1.2 its type is to be seen from outside.</summary>
    private const byte AlertRecord = 21;

    [TestMethod]
    public async Task TheEndIsToldBeforeTheConnectionIsClosed()
    {
        using var folder = new TestCertificate();
        await using var daemon = await ProcessDaemon.StartAsync("--Chat:Listen:Tls=127.0.0.1:0", $"--Chat:Tls:Certificate={folder.Path}");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, await daemon.TlsPortAsync());
        await using var wire = new RecordTypes(new NetworkStream(socket));
        await using var tls = new SslStream(wire);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = TestCertificate.Host,
            EnabledSslProtocols = SslProtocols.Tls12,
            RemoteCertificateValidationCallback = folder.Judge,
        });
        await tls.WriteAsync("{\"type\":\"logout\"}\n"u8.ToArray());
        using var reader = new StreamReader(tls, Encoding.UTF8);
        var said = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        StringAssert.EndsWith(said, "{\"type\":\"bye\",\"reason\":\"logout\"}\n");
        Assert.AreEqual(AlertRecord, wire.Last);
    }
}
