using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chat.Daemon.Configuration;

/// <summary>A host as a request names it: in lower case, an IPv6 address in brackets; with a port, or for any.</summary>
internal readonly record struct HostName(string Name, int? Port)
{
    public static bool TryParse(string text, out HostName host)
    {
        host = default;
        var bracket = text.LastIndexOf(']');
        var colon = text.IndexOf(':', bracket + 1);
        var name = (colon < 0 ? text : text[..colon]).ToLowerInvariant();
        if (!IsName(name)) return false;
        if (colon < 0)
        {
            host = new HostName(name, null);
            return true;
        }
        var isPort = ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port);
        host = new HostName(name, port);
        return isPort;
    }

    /// <summary>Whether a request for that host is meant.</summary>
    public bool Covers(HostName other, int portByDefault) =>
        Name == other.Name && (Port is not { } port || port == (other.Port ?? portByDefault));

    private static bool IsName(string name) => name is ['[', .. var inner, ']']
        ? IPAddress.TryParse(inner, out var six) && six.AddressFamily is AddressFamily.InterNetworkV6
        : name.Length is > 0 and < 256 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
}
