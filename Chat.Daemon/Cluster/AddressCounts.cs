using System.Net;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.Cluster;

/// <summary>
/// Connections by address, within the limit of one: the serving node counts them too, but none may take all of the relay while nobody
/// serves. Behind a named proxy are many clients. Safe from any thread.
/// </summary>
internal sealed class AddressCounts(ChatOptions options)
{
    private readonly List<IPNetwork> proxies = [.. options.Listen.Proxies.Concat(options.Http.TrustedProxies)
        .Select(text => ProxyNetwork.TryParse(text, out var network) ? network : default)];

    private readonly Lock gate = new();
    private readonly Dictionary<IPNetwork, int> counts = [];

    /// <returns>False if there are too many.</returns>
    public bool TryAdd(IPAddress address)
    {
        var limit = options.Limits.ConnectionsPerAddress;
        var network = AddressNetwork.Of(address, ipv6Bits: 64);
        lock (gate)
        {
            var count = counts.GetValueOrDefault(network);
            // One more than the limit is told so by the serving node.
            if (limit > 0 && count > limit && !proxies.Exists(proxy => proxy.Contains(address))) return false;
            counts[network] = count + 1;
            return true;
        }
    }

    public void Remove(IPAddress address)
    {
        var network = AddressNetwork.Of(address, ipv6Bits: 64);
        lock (gate)
        {
            if (--counts[network] == 0) counts.Remove(network);
        }
    }
}
