using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Chat.Daemon.Transport;

/// <summary>The header of a WebSocket frame that a client sends: RFC 6455, 5.2.</summary>
/// <param name="Mask">Four bytes, in the order of memory.</param>
internal readonly record struct WebSocketHeader(int Opcode, bool IsFinal, long Length, uint Mask)
{
    private const int MaxBytes = 14;

    public bool IsControl => (Opcode & WebSocketOpcode.ControlBit) != 0;

    /// <summary>Removes a header from the buffer.</summary>
    /// <returns>False if it has not arrived completely.</returns>
    /// <exception cref="FramingException">A client must not send it. Known from its first two bytes, or from its length.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out WebSocketHeader header)
    {
        header = default;
        if (buffer.Length < 2) return false;
        Span<byte> bytes = stackalloc byte[MaxBytes];
        var arrived = (int)Math.Min(buffer.Length, MaxBytes);
        buffer.Slice(0, arrived).CopyTo(bytes);
        var (opcode, isFinal, size) = (bytes[0] & 0x0F, (bytes[0] & 0x80) != 0, bytes[1] & 0x7F);
        Check(bytes[0], bytes[1], opcode, isFinal, size);
        var lengthBytes = size switch { 126 => 2, 127 => 8, _ => 0 };
        if (arrived < 2 + lengthBytes + 4) return false;
        var length = lengthBytes switch
        {
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            8 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
            _ => size,
        };
        if (length < 0 || (lengthBytes == 2 && length < 126) || (lengthBytes == 8 && length <= ushort.MaxValue))
            throw new FramingException("A WebSocket frame has a length that is not written in the shortest way.");
        header = new WebSocketHeader(opcode, isFinal, length, MemoryMarshal.Read<uint>(bytes[(2 + lengthBytes)..]));
        buffer = buffer.Slice(2 + lengthBytes + 4);
        return true;
    }

    private static void Check(byte first, byte second, int opcode, bool isFinal, int size)
    {
        if ((first & 0x70) != 0)
            throw new FramingException("A WebSocket frame has reserved bits set; no extension was agreed on.");
        if (opcode is not (WebSocketOpcode.Continuation or WebSocketOpcode.Text or WebSocketOpcode.Binary
            or WebSocketOpcode.Close or WebSocketOpcode.Ping or WebSocketOpcode.Pong))
        {
            throw new FramingException($"A WebSocket frame has the reserved opcode {opcode}.");
        }
        if ((second & 0x80) == 0)
            throw new FramingException("A WebSocket frame is not masked; every client must mask.");
        if ((opcode & WebSocketOpcode.ControlBit) == 0) return;
        if (!isFinal) throw new FramingException("A WebSocket control frame is fragmented.");
        if (size > WebSocketWriter.ControlBytes)
            throw new FramingException($"A WebSocket control frame is longer than {WebSocketWriter.ControlBytes} bytes.");
    }
}
