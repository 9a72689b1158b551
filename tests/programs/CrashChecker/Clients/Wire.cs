using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrashChecker.Clients;

/// <summary>A TCP connection that carries one JSON object per line.</summary>
internal sealed class Wire : IDisposable
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Socket socket;
    private readonly NetworkStream stream;

    private Wire(Socket socket) => (this.socket, stream) = (socket, new NetworkStream(socket));

    public static async Task<Wire> ConnectAsync(int port, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return new Wire(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends the frames at once. For one caller at a time.</summary>
    public async Task SendAsync(params IEnumerable<JsonObject> frames)
    {
        var lines = new StringBuilder();
        foreach (var frame in frames) lines.Append(frame.ToJsonString(Plain)).Append('\n');
        await stream.WriteAsync(Encoding.UTF8.GetBytes(lines.ToString()));
    }

    /// <summary>The frames that arrive, until the connection ends in whatever way.</summary>
    public async IAsyncEnumerable<JsonElement> ReadAsync()
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        while (await LineAsync(reader) is { } line) yield return JsonDocument.Parse(line).RootElement;
    }

    public void Dispose()
    {
        stream.Dispose();
        socket.Dispose();
    }

    /// <returns>Null at the end. A line that the daemon's death cut short was never a frame.</returns>
    private static async Task<string?> LineAsync(StreamReader reader)
    {
        try
        {
            return await reader.ReadLineAsync() is { } line && line.EndsWith('}') ? line : null;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }
}
