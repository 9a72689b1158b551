using System.Net;

namespace Chat.Daemon.Cluster;

/// <summary>Where clients and other nodes reach a node, as far as its settings tell.</summary>
internal static class NodeAddresses
{
    /// <returns>Such as <c>tcp://10.0.0.2:5050</c>, without spaces.</returns>
    public static IReadOnlyList<string> Of(IEnumerable<(string Scheme, IPEndPoint Address)> endpoints) => [.. endpoints
        .Where(endpoint => endpoint.Scheme is "tcp" or "tls").Select(endpoint => $"{endpoint.Scheme}://{Reachable(endpoint.Address)}")];

    /// <summary>All addresses of the machine are its name to others.</summary>
    public static string Reachable(IPEndPoint address) =>
        address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any)
            ? $"{Dns.GetHostName()}:{address.Port}"
            : address.ToString();
}
