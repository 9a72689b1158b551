using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Transport;

/// <summary>A web page can make a browser send an HTTP request to any port, with a body that the page wrote.</summary>
[TestClass]
public sealed class HttpRequestTests
{
    private const string Body = """
        {"type":"login","user":"ana"}
        {"type":"message","room":"geral","text":"oi"}

        """;

    [TestMethod]
    [DataRow("POST / HTTP/1.1")]
    [DataRow("GET /?a=b HTTP/1.0")]
    [DataRow("OPTIONS * HTTP/1.1")]
    [DataRow("CONNECT example.org:5050 HTTP/1.1")]
    [DataRow("M-SEARCH * HTTP/1.1")]
    [DataRow("post http://127.0.0.1:5050/ HTTP/1.1")]
    [DataRow("PRI * HTTP/2.0")]
    [DataRow("POST / HTTP/1.1", "\n")]
    public async Task ARequestEndsTheConnectionBeforeItsBody(string line, string end = "\r\n")
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var page = await daemon.ConnectAsync("page");
        await page.SendBytesAsync(Bytes($"{line}{end}Host: 127.0.0.1{end}Content-Type: text/plain{end}{end}{Body}"));
        await ExpectRefusedAsync(page);
    }

    /// <summary>The line is longer than a frame may be, so the reader skips it, with a body in the lines that follow.</summary>
    [TestMethod]
    [DataRow(17_000)]
    [DataRow(70_000)]
    public async Task ARequestWithALongTargetEndsTheConnection(int length)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var page = await daemon.ConnectAsync("page");
        await page.SendBytesAsync(Bytes($"POST /{new string('x', length)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n{Body}"));
        await ExpectRefusedAsync(page);
    }

    [TestMethod]
    public async Task ARequestInSingleBytesEndsTheConnection()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var page = await daemon.ConnectAsync("page");
        foreach (var b in Bytes("POST / HTTP/1.1\r\n")) await page.SendBytesAsync(new[] { b });
        await ExpectRefusedAsync(page);
    }

    [TestMethod]
    public async Task ARequestOverTlsEndsTheConnection()
    {
        using var certificate = new TestCertificate();
        await using var daemon = await ProcessDaemon.StartAsync(
            "--Chat:Listen:Tls=127.0.0.1:0", $"--Chat:Tls:Certificate={certificate.Path}");
        var port = await daemon.TlsPortAsync();
        using var limit = new CancellationTokenSource(Wait.Limit);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        await using var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = TestCertificate.Host,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11], // as a browser does
            RemoteCertificateValidationCallback = certificate.Judge,
        }, limit.Token);
        await tls.WriteAsync(Bytes($"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{Body}"), limit.Token);
        using var reader = new StreamReader(tls, Encoding.UTF8);
        var frames = (await reader.ReadToEndAsync(limit.Token)).TrimEnd('\n').Split('\n');
        Assert.HasCount(2, frames, string.Join('\n', frames));
        Assert.AreEqual("""{"type":"bye","reason":"too_many_errors"}""", frames[1]);
    }

    /// <summary>The first line alone decides: whoever types prose, or writes of HTTP later, stays.</summary>
    [TestMethod]
    public async Task OtherLinesDoNotEndTheConnection()
    {
        await using var daemon = await TestDaemon.StartAsync();
        string[] lines = ["GET", "GET /", "olá HTTP/1.1", "GET / HTTP/1.1 ou não", """{"type":"ping"}""", "", "á / HTTP/1.1"];
        foreach (var line in lines)
        {
            await using var ana = await daemon.ConnectAsync("ana");
            await ana.SendAsync(line);
            await ana.SendAsync("POST / HTTP/1.1");
            await ana.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        }
        await using var prose = await daemon.ConnectAsync("prose");
        await prose.SendAsync("uma frase longa " + new string('x', 70_000));
        await prose.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
    }

    private static async Task ExpectRefusedAsync(TestClient page)
    {
        Assert.AreEqual(Ending.Ended, await page.ExpectClosedAsync());
        Assert.IsInstanceOfType<DaemonFrame.Hello>((await page.NextAsync()).Frame);
        Assert.AreEqual(ByeReason.TooManyErrors, ((await page.NextAsync()).Frame as DaemonFrame.Bye)?.Reason);
        Assert.IsEmpty(page.Waiting);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
