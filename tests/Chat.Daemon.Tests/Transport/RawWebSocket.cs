using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Transport;

/// <summary>A frame as it came, unlike what a library would make of it.</summary>
internal sealed record RawFrame(int Opcode, byte[] Payload)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    public int CloseCode => Opcode == 8 ? BinaryPrimitives.ReadUInt16BigEndian(Payload) : 0;

    public string CloseReason => Encoding.UTF8.GetString(Payload.AsSpan(2));
}

/// <summary>A client that sends whatever bytes a test wants. Every wait is bounded.</summary>
internal sealed class RawWebSocket : IDisposable
{
    /// <summary>That of the RFC's example, 1.3.</summary>
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    private static readonly byte[] Mask = [0x37, 0xFA, 0x21, 0x3D];

    private readonly CancellationTokenSource limit = new(Wait.Limit);
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private Stream stream = Stream.Null;

    /// <summary>The head of the daemon's answer.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>Sends an upgrade request, and reads the answer up to its body.</summary>
    /// <param name="headers">In addition to Host and the handshake's own; each ends in CRLF.</param>
    public static async Task<RawWebSocket> AskAsync(int port, string headers = "", string host = "127.0.0.1")
    {
        var client = new RawWebSocket();
        try
        {
            await client.socket.ConnectAsync(IPAddress.Loopback, port, client.limit.Token);
            client.stream = new NetworkStream(client.socket);
            await client.SendBytesAsync(Encoding.ASCII.GetBytes(
                $"GET /ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Key}\r\n{headers}\r\n"));
            await client.ReadAnswerAsync();
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Connects, and takes the <c>hello</c>.</summary>
    public static async Task<RawWebSocket> ConnectAsync(TestDaemon daemon, string headers = "")
    {
        var client = await AskAsync(daemon.HttpPort, headers);
        StringAssert.StartsWith(client.Answer, "HTTP/1.1 101 ");
        StringAssert.StartsWith((await client.ReadAsync()).Text, """{"type":"hello",""");
        return client;
    }

    public Task SendBytesAsync(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes, limit.Token).AsTask();

    public Task SendAsync(string text) => SendAsync(1, Encoding.UTF8.GetBytes(text));

    public Task SendAsync(int opcode, byte[] payload, bool isFinal = true) => SendBytesAsync(Frame(opcode, payload, isFinal));

    /// <summary>A masked frame.</summary>
    public static byte[] Frame(int opcode, byte[] payload, bool isFinal = true)
    {
        List<byte> frame = [(byte)((isFinal ? 0x80 : 0) | opcode)];
        if (payload.Length < 126) frame.Add((byte)(0x80 | payload.Length));
        else if (payload.Length < 65_536) frame.AddRange([0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length]);
        else frame.AddRange([0x80 | 127, 0, 0, 0, 0, .. BitConverter.GetBytes(payload.Length).Reverse()]);
        return [.. frame, .. Mask, .. payload.Select((b, i) => (byte)(b ^ Mask[i % 4]))];
    }

    /// <summary>The next frame; a failure if the connection ends instead.</summary>
    public async Task<RawFrame> ReadAsync()
    {
        var head = await ReadBytesAsync(2);
        Assert.AreEqual(0x80, head[0] & 0xF0, "The daemon's frames are whole, without extensions.");
        long length = head[1];
        if (length == 126) length = BinaryPrimitives.ReadUInt16BigEndian(await ReadBytesAsync(2));
        else if (length == 127) length = BinaryPrimitives.ReadInt64BigEndian(await ReadBytesAsync(8));
        return new RawFrame(head[0] & 0x0F, await ReadBytesAsync((int)length));
    }

    /// <summary>The next text message.</summary>
    public async Task<string> ReadTextAsync()
    {
        var frame = await ReadAsync();
        Assert.AreEqual(1, frame.Opcode, frame.Text);
        return frame.Text;
    }

    /// <summary>The next frame is a Close frame with the code, and then the connection ends.</summary>
    public async Task<RawFrame> ExpectCloseAsync(int code)
    {
        var frame = await ReadAsync();
        Assert.AreEqual(code, frame.CloseCode, $"opcode {frame.Opcode}: {frame.Text}");
        Assert.AreEqual(0, await stream.ReadAsync(new byte[1], limit.Token), "Nothing follows a Close frame.");
        return frame;
    }

    /// <summary>The body of the answer, if the connection was not upgraded.</summary>
    public async Task<string> ReadBodyAsync()
    {
        socket.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(limit.Token);
    }

    public void Dispose()
    {
        stream.Dispose();
        socket.Dispose();
        limit.Dispose();
    }

    private async Task ReadAnswerAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await ReadBytesAsync(1))[0]);
        Answer = head.ToString();
    }

    private async Task<byte[]> ReadBytesAsync(int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, limit.Token);
        return bytes;
    }
}
