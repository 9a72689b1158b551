using System.Net;

namespace Chat.Daemon.Configuration;

/// <summary>A network, or one address as a network of its own.</summary>
internal static class ProxyNetwork
{
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network)) return true;
        if (!IPAddress.TryParse(text, out var address) || address.ToString() != text) return false;
        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
