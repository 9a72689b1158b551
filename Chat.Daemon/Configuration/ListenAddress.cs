using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chat.Daemon.Configuration;

/// <summary>
/// Reads <c>HOST:PORT</c>. The host is an address, <c>localhost</c> or <c>*</c> (every interface); no other names, which might resolve to
/// another machine.
/// </summary>
internal static class ListenAddress
{
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? address)
    {
        address = null;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return false;
        if (port > IPEndPoint.MaxPort) return false;
        if (HostOf(text[..colon]) is not { } host)
            return false;
        address = new IPEndPoint(host, port);
        return true;
    }

    private static IPAddress? HostOf(string host) => host switch
    {
        "localhost" => IPAddress.Loopback,
        "*" => Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any,
        ['[', .. var inner, ']'] => IPAddress.TryParse(inner, out var six)
            && six.AddressFamily is AddressFamily.InterNetworkV6 ? six : null,
        // Requires the dots: "5" would parse as 0.0.0.5.
        _ => host.Count(letter => letter == '.') == 3 && IPAddress.TryParse(host, out var four)
            && four.AddressFamily is AddressFamily.InterNetwork ? four : null,
    };
}
