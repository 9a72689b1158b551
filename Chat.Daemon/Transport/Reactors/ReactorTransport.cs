using System.Net;
using System.Net.Sockets;
using Chat.Daemon.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Chat.Daemon.Transport.Reactors;

/// <summary>
/// The transport of Kestrel for plain TCP on Linux: see decision 32 in docs/decisions. Kestrel counts the connections and ends them when
/// the daemon stops, whatever their transport.
/// </summary>
internal sealed class ReactorTransport(TransportOptions transportOptions)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector, IDisposable
{
    private const int Backlog = 512;

    private readonly Lazy<Reactor[]> reactors = new(
        () => [.. Enumerable.Range(0, transportOptions.ReactorCount).Select(number => new Reactor(number))]);

    public bool CanBind(EndPoint endpoint) => endpoint is ReactorEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = Bind(endpoint);
        try
        {
            // What is accepted inherits both.
            socket.NoDelay = true;
            KeepAlive.Watch(socket);
            socket.Listen(Backlog);
            return new(Listen(socket));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Accepts at a socket that listens already.</summary>
    public ReactorListener Listen(Socket socket) => new(socket, reactors.Value);

    public void Dispose()
    {
        if (!reactors.IsValueCreated) return;
        foreach (var reactor in reactors.Value) reactor.Dispose();
    }

    private static Socket Bind(EndPoint endpoint)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(e.Message, e); // what Kestrel expects of a transport
        }
    }
}
