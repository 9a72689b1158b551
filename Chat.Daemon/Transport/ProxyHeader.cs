using System.Buffers;
using System.Buffers.Binary;
using System.Net;

namespace Chat.Daemon.Transport;

/// <summary>
/// The header that a proxy sends before the bytes of its client: version 2 of the PROXY protocol, as HAProxy specifies it. What a proxy may
/// add after the addresses is skipped.
/// </summary>
/// <param name="Client">Whose bytes follow; null if the proxy itself speaks (a health check), or the client has no address.</param>
internal sealed record ProxyHeader(IPEndPoint? Client)
{
    /// <summary>A header may have 64 KB. No proxy needs that many.</summary>
    public const int MaxBytes = 4_096;

    private const int FixedBytes = 16, Inet4Bytes = 12, Inet6Bytes = 36;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Takes the header from the start of what has come.</summary>
    /// <param name="input">Becomes what follows the header.</param>
    /// <returns>Null if more must come first.</returns>
    /// <exception cref="FramingException">It does not begin with such a header.</exception>
    public static ProxyHeader? Read(ref ReadOnlySequence<byte> input)
    {
        Span<byte> start = stackalloc byte[FixedBytes];
        var begun = (int)Math.Min(input.Length, FixedBytes);
        input.Slice(0, begun).CopyTo(start);
        var signed = Math.Min(begun, Signature.Length);
        if (!start[..signed].SequenceEqual(Signature[..signed])) throw new FramingException("no PROXY header of version 2");
        if (begun < FixedBytes) return null;
        var length = BinaryPrimitives.ReadUInt16BigEndian(start[14..]);
        if (FixedBytes + length > MaxBytes) throw new FramingException($"a header of {FixedBytes + length} bytes");
        if (start[12] >> 4 != 2) throw new FramingException($"version {start[12] >> 4}");
        if (input.Length < FixedBytes + length) return null;
        var addresses = input.Slice(FixedBytes, Math.Min((int)length, Inet6Bytes)).ToArray();
        var header = (start[12] & 0xF) switch
        {
            0 => new ProxyHeader(Client: null),
            1 => new ProxyHeader(ClientIn(start[13], addresses)),
            var command => throw new FramingException($"the command {command}"),
        };
        input = input.Slice(FixedBytes + length);
        return header;
    }

    /// <param name="family">With the transport.</param>
    private static IPEndPoint? ClientIn(byte family, ReadOnlySpan<byte> addresses) => family switch
    {
        0x00 or 0x31 => null, // unknown, or a socket of Unix
        0x11 when addresses.Length >= Inet4Bytes =>
            new IPEndPoint(new IPAddress(addresses[..4]), BinaryPrimitives.ReadUInt16BigEndian(addresses[8..])),
        0x21 when addresses.Length >= Inet6Bytes =>
            new IPEndPoint(new IPAddress(addresses[..16]), BinaryPrimitives.ReadUInt16BigEndian(addresses[32..])),
        0x11 or 0x21 => throw new FramingException("a header without its addresses"),
        _ => throw new FramingException($"the family 0x{family:x2}"),
    };
}
