using System.Buffers.Binary;

namespace Chat.LoadTest.Wire;

/// <summary>The header of the WebSocket frame that comes from the daemon: whole and unmasked.</summary>
internal sealed class WebSocketHead
{
    public const int Text = 1, Close = 8, Ping = 9, Pong = 10;

    private const int MaxBytes = 10;

    private readonly byte[] bytes = new byte[MaxBytes];
    private int count;
    private bool isKnown;

    public int Opcode => bytes[0] & 0x0F;

    /// <summary>Bytes of the payload that have not come.</summary>
    public long Left { get; set; }

    /// <summary>Removes what there is of the header from the chunk. True if the header is complete.</summary>
    public bool TryRead(ref ReadOnlySpan<byte> chunk)
    {
        while (!isKnown && !chunk.IsEmpty)
        {
            bytes[count++] = chunk[0];
            chunk = chunk[1..];
            if (count < 2 || count < 2 + LengthBytes) continue;
            isKnown = true;
            Left = LengthBytes switch
            {
                2 => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2)),
                8 => BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(2)),
                _ => bytes[1],
            };
        }
        return isKnown;
    }

    /// <summary>The next frame may follow.</summary>
    public void End() => (count, isKnown) = (0, false);

    private int LengthBytes => bytes[1] switch { 126 => 2, 127 => 8, _ => 0 };
}
