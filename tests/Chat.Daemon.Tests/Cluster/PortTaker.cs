using System.Net;
using System.Net.Sockets;

namespace Chat.Daemon.Tests.Cluster;

/// <summary>Finds ports for what must know its port before it listens.</summary>
internal static class PortTaker
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
