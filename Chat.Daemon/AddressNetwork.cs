using System.Net;
using System.Net.Sockets;

namespace Chat.Daemon;

/// <summary>The network that one customer of a provider has, as far as an address tells.</summary>
internal static class AddressNetwork
{
    /// <summary>An IPv4 address is its own network.</summary>
    /// <param name="ipv6Bits">Leading bits that count of an IPv6 address: a multiple of 8.</param>
    public static IPNetwork Of(IPAddress address, int ipv6Bits)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return new IPNetwork(address, 32);
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(ipv6Bits / 8).Clear();
        return new IPNetwork(new IPAddress(bytes), ipv6Bits);
    }
}
