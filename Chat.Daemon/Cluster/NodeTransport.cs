using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Chat.Daemon.Configuration;
using Chat.Daemon.Transport;
using Chat.Daemon.Transport.Reactors;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chat.Daemon.Cluster;

/// <summary>
/// The transport of Kestrel on a node: it accepts at sockets that are open already, and takes the clients of other nodes, which are served
/// like those that were accepted here.
/// </summary>
internal sealed class NodeTransport(
    NodeSockets sockets, ReactorTransport reactors, TransportOptions transportOptions, ILoggerFactory log)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector, IDisposable
{
    private readonly ConcurrentDictionary<string, JoinedListener> listeners = new();
    private readonly ConcurrentDictionary<long, RelayLeaving> relays = new();
    private readonly SocketConnectionContextFactory connections =
        new(new SocketConnectionFactoryOptions(), log.CreateLogger<NodeTransport>());

    public bool CanBind(EndPoint endpoint) => endpoint is NodeEndPoint;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var scheme = ((NodeEndPoint)endpoint).Scheme;
        var socket = sockets.Of(scheme);
        if (scheme == "tcp" && transportOptions.HasReactors)
        {
            var reactor = reactors.Listen(socket);
            return listeners[scheme] = new JoinedListener(reactor, reactor.Serve);
        }
        var options = new SocketTransportOptions { CreateBoundListenSocket = _ => socket };
        var listener = await new SocketTransportFactory(Options.Create(options), log)
            .BindAsync(new IPEndPoint(((IPEndPoint)endpoint).Address, ((IPEndPoint)endpoint).Port), cancellationToken);
        return listeners[scheme] = new JoinedListener(listener, connections.Create);
    }

    /// <summary>Serves a client that another node has accepted, or tells those of a node that stops.</summary>
    /// <returns>
    /// False if there is no client, or no such endpoint here, or it is closed; the socket is still the caller's then.
    /// </returns>
    public async Task<bool> TryServeAsync(LinkRequest request, Socket socket)
    {
        if (request.Kind == LinkRequest.Farewell)
        {
            if (relays.TryRemove(request.Relay, out var leaving)) await leaving.BeginAsync();
            return false;
        }
        if (!listeners.TryGetValue(request.Kind, out var listener)) return false;
        socket.NoDelay = true;
        KeepAlive.Watch(socket);
        return await listener.TryAddAsync(socket, request.Client, relays.GetOrAdd(request.Relay, _ => new()));
    }

    public void Dispose() => connections.Dispose();
}
