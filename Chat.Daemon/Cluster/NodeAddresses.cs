using System.Net;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.Cluster;

/// <summary>Where clients reach a node, as far as its settings tell.</summary>
internal static class NodeAddresses
{
    /// <returns>
    /// Such as <c>tcp://10.0.0.2:5050</c>, with spaces between. A port that the system chooses is not known before it serves.
    /// </returns>
    public static string Of(EndpointOptions listen) => string.Join(' ', All(listen));

    private static IEnumerable<string> All(EndpointOptions listen)
    {
        if (listen.Tcp is { Port: > 0 } tcp) yield return $"tcp://{Reachable(tcp)}";
        if (listen.Tls is { Port: > 0 } tls) yield return $"tls://{Reachable(tls)}";
    }

    /// <summary>All addresses of the machine are its name to others.</summary>
    private static string Reachable(IPEndPoint address) =>
        address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any)
            ? $"{Dns.GetHostName()}:{address.Port}"
            : address.ToString();
}
