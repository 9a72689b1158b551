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
    /// <summary>The record type of <c>close_notify</c> (RFC 5246, 6.2.1). Up to TLS 1.2 it is not encrypted.</summary>
    private const byte AlertRecord = 21;

    [TestMethod]
    public async Task ACloseNotifyIsSentBeforeTheConnectionIsClosed()
    {
        using var certificate = new TestCertificate();
        await using var daemon = await ProcessDaemon.StartAsync(
            "--Chat:Listen:Tls=127.0.0.1:0", $"--Chat:Tls:Certificate={certificate.Path}");
        var port = await daemon.TlsPortAsync();
        using var limit = new CancellationTokenSource(Wait.Limit);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        await using var records = new TlsRecordTypes(new NetworkStream(socket));
        await using var tls = new SslStream(records);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = TestCertificate.Host,
            EnabledSslProtocols = SslProtocols.Tls12,
            RemoteCertificateValidationCallback = certificate.Judge,
        }, limit.Token);
        await tls.WriteAsync("{\"type\":\"logout\"}\n"u8.ToArray(), limit.Token);
        using var reader = new StreamReader(tls, Encoding.UTF8);
        var received = await reader.ReadToEndAsync(limit.Token);
        StringAssert.EndsWith(received, "{\"type\":\"bye\",\"reason\":\"logout\"}\n");
        Assert.AreEqual(AlertRecord, records.Last);
    }
}
