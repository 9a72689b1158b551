using System.Buffers;
using System.Text;
using Chat.Client.Programs;
using Chat.LoadTest.Measuring;
using Chat.Protocol;

namespace Chat.LoadTest.Wire;

/// <summary>Chat's own protocol over WebSocket, at the daemon's HTTP address.</summary>
internal sealed class WebSocketWire : WireProtocol
{
    private const byte Final = 0x80, Masked = 0x80;

    /// <summary>A client must mask. With zeros the bytes stay as they are: that costs the load test nothing.</summary>
    private static readonly byte[] Mask = new byte[4];

    private readonly ChatWire chat = new();

    public override bool IsWebSocket => true;

    public override void Write(IBufferWriter<byte> output, ClientFrame frame)
    {
        var line = new ArrayBufferWriter<byte>(256);
        chat.Write(line, frame);
        Write(output, WebSocketHead.Text, line.WrittenSpan[..^1]);
    }

    public override bool TryReadMessage(ReadOnlySpan<byte> line, Payload payload, out MessageMark mark, out long number) =>
        chat.TryReadMessage(line, payload, out mark, out number);

    public override DaemonFrame? Read(ReadOnlySpan<byte> line) => IsPing(line) ? null : chat.Read(line);

    public override ReadOnlyMemory<byte> ReplyTo(ReadOnlySpan<byte> line)
    {
        if (!IsPing(line)) return default;
        var output = new ArrayBufferWriter<byte>();
        Write(output, WebSocketHead.Pong, line[1..]);
        return output.WrittenMemory;
    }

    /// <summary>A ping of the daemon as a line: a byte that no frame begins with, and the payload.</summary>
    public static byte[] PingLine(ReadOnlySpan<byte> payload) => [Final | WebSocketHead.Ping, .. payload];

    /// <summary>Asks for the WebSocket, and reads the answer.</summary>
    /// <exception cref="IOException">The daemon refused.</exception>
    public static async Task UpgradeAsync(Stream stream, DaemonAddress address, CancellationToken cancellation)
    {
        var key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"), cancellation);
        var (head, one) = (new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, cancellation);
            if (head.Append((char)one[0]).Length > ProtocolLimits.ClientFrameBytes) throw new IOException("The answer is too long.");
        }
        if (!head.ToString().StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal)) throw new IOException($"{head}".Split('\r')[0]);
    }

    private static bool IsPing(ReadOnlySpan<byte> line) => line is [Final | WebSocketHead.Ping, ..];

    private static void Write(IBufferWriter<byte> output, int opcode, ReadOnlySpan<byte> payload)
    {
        output.Write([(byte)(Final | opcode)]);
        output.Write(payload.Length < 126
            ? [(byte)(Masked | payload.Length)]
            : [Masked | 126, (byte)(payload.Length >> 8), (byte)payload.Length]); // a client's frame has at most 16 KiB
        output.Write(Mask);
        output.Write(payload);
    }
}
