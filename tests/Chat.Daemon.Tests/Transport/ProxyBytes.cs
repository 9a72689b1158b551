using System.Buffers.Binary;
using System.Net;

namespace Chat.Daemon.Tests.Transport;

/// <summary>Writes what a proxy sends before its client's bytes.</summary>
internal static class ProxyBytes
{
    /// <param name="more">What may follow the addresses.</param>
    public static byte[] Of(IPEndPoint client, byte[]? more = null)
    {
        var address = client.Address.GetAddressBytes();
        var ports = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(ports, (ushort)client.Port);
        return Raw(0x21, address.Length == 4 ? 0x11 : 0x21, [.. address, .. new byte[address.Length], .. ports, .. more ?? []]);
    }

    public static byte[] Raw(int command, int family, byte[] content)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)content.Length);
        return [.. "\r\n\r\n\0\r\nQUIT\n"u8, (byte)command, (byte)family, .. length, .. content];
    }
}
