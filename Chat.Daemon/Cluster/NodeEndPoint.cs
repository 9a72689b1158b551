using System.Net;

namespace Chat.Daemon.Cluster;

/// <summary>An address that the node listens on already: see <see cref="NodeSockets"/>.</summary>
internal sealed class NodeEndPoint(string scheme, IPEndPoint address) : IPEndPoint(address.Address, address.Port)
{
    public string Scheme => scheme;
}
