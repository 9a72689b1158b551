using System.Runtime.InteropServices;

namespace Chat.Daemon.Transport;

/// <summary>The four bytes, in the order of memory, with which a client masks the payload of a frame: RFC 6455, 5.3.</summary>
internal static class WebSocketMask
{
    /// <summary>Masks or unmasks.</summary>
    /// <param name="mask">Beginning with the byte for the first byte of the payload.</param>
    public static void Apply(uint mask, Span<byte> payload)
    {
        var wide = ((ulong)mask << 32) | mask;
        var words = MemoryMarshal.Cast<byte, ulong>(payload);
        foreach (ref var word in words) word ^= wide;
        var four = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in mask));
        var rest = payload[(words.Length * sizeof(ulong))..];
        for (var i = 0; i < rest.Length; i++) rest[i] ^= four[i % 4];
    }

    /// <summary>The mask for the bytes that follow, so many bytes later.</summary>
    public static uint Rotate(uint mask, long by)
    {
        var bits = (int)(by % 4) * 8;
        return BitConverter.IsLittleEndian ? uint.RotateRight(mask, bits) : uint.RotateLeft(mask, bits);
    }
}
