using System.Net;
using System.Net.Sockets;
using System.Text;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Transport;

/// <summary>Sends an HTTP request as a test writes it, byte for byte.</summary>
internal static class RawHttp
{
    /// <returns>The head of the answer, each line with its CRLF; empty if there is none.</returns>
    public static async Task<string> AskAsync(TestDaemon daemon, string request)
    {
        using var limit = new CancellationTokenSource(Wait.Limit);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, daemon.HttpPort, limit.Token);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), limit.Token);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var head = new StringBuilder();
        while (await reader.ReadLineAsync(limit.Token) is { Length: > 0 } line) head.Append(line).Append("\r\n");
        return head.ToString();
    }
}
