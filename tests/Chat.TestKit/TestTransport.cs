using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Chat.TestKit;

/// <summary>How a client's frames reach the daemon.</summary>
/// <param name="Scheme">Of the daemon's address.</param>
/// <param name="Certificate">The daemon's, with TLS.</param>
public sealed record TestTransport(string Scheme, TestCertificate? Certificate = null)
{
    public const string SubProtocol = "chat.v1";

    public static TestTransport Tcp { get; } = new("tcp");

    public static TestTransport WebSocket { get; } = new("http");

    public static TestTransport Tls(TestCertificate certificate) => new("tls", certificate);

    public static TestTransport SecureWebSocket(TestCertificate certificate) => new("https", certificate);

    /// <summary>A stream of lines over the connected socket.</summary>
    internal async Task<Stream> OpenAsync(Socket socket, CancellationToken cancellation)
    {
        var bytes = new NetworkStream(socket);
        if (Scheme == "tcp") return bytes;
        if (Scheme != "tls") return await UpgradeAsync(bytes, ((IPEndPoint)socket.RemoteEndPoint!).Port, cancellation);
        var tls = new SslStream(bytes, leaveInnerStreamOpen: false, Certificate!.Judge);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = TestCertificate.Host }, cancellation);
        return tls;
    }

    private async Task<Stream> UpgradeAsync(Stream bytes, int port, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(SubProtocol);
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        using var connecting = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = (_, _) => ValueTask.FromResult(bytes),
            SslOptions = Certificate is null ? new() : new() { RemoteCertificateValidationCallback = Certificate.Judge },
        });
        var scheme = Certificate is null ? "ws" : "wss";
        await socket.ConnectAsync(new Uri($"{scheme}://{TestCertificate.Host}:{port}/ws"), connecting, cancellation);
        return new WebSocketLines(socket);
    }
}
