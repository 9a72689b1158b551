using System.Net;
using System.Net.Sockets;
using Chat.Daemon.Configuration;
using Chat.Daemon.Transport;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Chat.Daemon.Cluster;

/// <summary>
/// The sockets that a node listens on from its start to its end: first the relay accepts there, then the daemon. While neither does,
/// clients wait in the system's queue.
/// </summary>
internal sealed class NodeSockets : IDisposable
{
    private const int Backlog = 512;

    private readonly Dictionary<string, Socket> clients = [];

    /// <exception cref="SocketException">An address cannot be listened on.</exception>
    public NodeSockets(EndpointOptions listen, IPEndPoint link)
    {
        try
        {
            foreach (var (key, address) in listen.All) clients[Scheme(key)] = Open(address);
            Link = Open(link);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>By scheme, with the real ports, in the order of the settings.</summary>
    public IReadOnlyList<(string Scheme, IPEndPoint Address)> Endpoints =>
        [.. clients.Select(client => (client.Key, (IPEndPoint)client.Value.LocalEndPoint!))];

    /// <summary>Where other nodes bring their clients.</summary>
    public Socket Link { get; } = null!;

    public IPEndPoint LinkAddress => (IPEndPoint)Link.LocalEndPoint!;

    public IEnumerable<(string Scheme, Socket Socket)> All => clients.Select(client => (client.Key, client.Value));

    public Socket Of(string scheme) => clients[scheme];

    public void Dispose()
    {
        foreach (var socket in clients.Values) socket.Dispose();
        Link?.Dispose();
    }

    private static string Scheme(string key) => key.Split(':')[^1].ToLowerInvariant();

    private static Socket Open(IPEndPoint address)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        try
        {
            // What is accepted inherits both.
            socket.NoDelay = true;
            KeepAlive.Watch(socket);
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
