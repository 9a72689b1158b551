using System.Buffers.Binary;
using System.Text;

namespace Chat.Daemon.Transport;

/// <summary>Writes WebSocket frames as a server does: whole and unmasked.</summary>
internal static class WebSocketWriter
{
    /// <summary>The longest payload of a control frame.</summary>
    public const int ControlBytes = 125;

    private const int HeaderBytes = 10;
    private const byte Final = 0x80;

    /// <summary>Copies lines as text messages without their line ends, as much as fits: the only copy on their way to the socket.</summary>
    /// <param name="taken">Bytes of the lines that were copied before. In the middle of a line, its header is written already.</param>
    public static int Copy(ReadOnlySpan<byte> lines, ref int taken, Span<byte> output)
    {
        var written = 0;
        while (taken < lines.Length)
        {
            var length = lines[taken..].IndexOf((byte)'\n');
            if (taken == 0 || lines[taken - 1] == '\n')
            {
                if (output.Length - written <= HeaderBytes) break; // with its header goes at least one byte of the line
                written += WriteHeader(output[written..], length);
            }
            var part = Math.Min(length, output.Length - written);
            lines.Slice(taken, part).CopyTo(output[written..]);
            written += part;
            taken += part;
            if (part < length) break;
            taken++; // the line end
        }
        return written;
    }

    public static Piece Control(int opcode, ReadOnlySpan<byte> payload) =>
        new([(byte)(Final | opcode), checked((byte)payload.Length), .. payload]);

    /// <summary>A Close frame.</summary>
    /// <param name="reason">Of ASCII characters.</param>
    public static Piece Close(int code, string reason) =>
        Control(WebSocketOpcode.Close, [(byte)(code >> 8), (byte)code, .. Encoding.ASCII.GetBytes(reason)]);

    private static int WriteHeader(Span<byte> output, int length)
    {
        output[0] = Final | WebSocketOpcode.Text;
        switch (length)
        {
            case <= ControlBytes:
                output[1] = (byte)length;
                return 2;
            case <= ushort.MaxValue:
                output[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)length);
                return 4;
            default:
                output[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(output[2..], (ulong)length);
                return HeaderBytes;
        }
    }
}
