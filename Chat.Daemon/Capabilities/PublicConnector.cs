using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <summary>
/// Opens connections to public addresses only. It resolves the name itself and connects to what it has checked, so a name that resolves to
/// something else a moment later leads nowhere.
/// </summary>
/// <param name="open">Networks that are allowed although they are not public.</param>
internal sealed class PublicConnector(IReadOnlyList<IPNetwork> open)
{
    public const string PrivateAddress = "private_address";

    /// <exception cref="RefusalException">The name has no address that is public or open.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var all = await Dns.GetHostAddressesAsync(host, cancellation);
        var own = OwnAddresses();
        IPAddress[] allowed = [.. all.Select(PublicAddresses.Unmapped).Where(address => IsAllowed(address, own))];
        if (allowed.Length == 0)
            throw new RefusalException(PrivateAddress, "The host has no public address. Only the operator can open private networks.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address, HashSet<IPAddress> own) =>
        open.Any(network => network.Contains(address)) || (PublicAddresses.Contain(address) && !own.Contains(address));

    /// <summary>A firewall may keep strangers from a port of this machine, but not the daemon.</summary>
    private static HashSet<IPAddress> OwnAddresses() =>
        [.. IPGlobalProperties.GetIPGlobalProperties().GetUnicastAddresses().Select(own => PublicAddresses.Unmapped(own.Address))];
}
