using System.Net;
using System.Net.Sockets;

namespace Chat.Daemon.Capabilities;

/// <summary>
/// Addresses that anybody on the internet may have. Not those that IANA lists as special: private, loopback, link-local, shared by a
/// carrier, multicast, reserved, for documentation; nor those at which cloud providers tell a machine its secrets.
/// </summary>
internal static class PublicAddresses
{
    private const int EmbeddedAt = 12, AddressBytes = 16;

    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32", // Azure's wire server
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3"), Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool Contain(IPAddress address)
    {
        var plain = Unmapped(address);
        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            if (Translated.Contains(plain)) return Contain(Embedded(plain));
            if (!GlobalUnicast.Contains(plain)) return false;
        }
        return !Array.Exists(Special, network => network.Contains(plain));
    }

    /// <summary>An IPv4 address that is written as one of IPv6 (<c>::ffff:10.0.0.1</c>) counts as itself.</summary>
    public static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPAddress Embedded(IPAddress translated) =>
        new(translated.GetAddressBytes().AsSpan(EmbeddedAt, AddressBytes - EmbeddedAt));
}
