using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Chat.Daemon.Transport;
using Microsoft.AspNetCore.Connections;

namespace Chat.Daemon.Cluster;

/// <summary>Gives Kestrel what a listener accepts, and what other nodes have accepted.</summary>
/// <param name="create">Makes a connection of a socket that another node has brought.</param>
internal sealed class JoinedListener : IConnectionListener
{
    /// <summary>Kestrel takes them at once. More wait where they come from.</summary>
    private const int Waiting = 1_024;

    private readonly Channel<ConnectionContext> accepted = Channel.CreateBounded<ConnectionContext>(Waiting);
    private readonly IConnectionListener listener;
    private readonly Func<Socket, ConnectionContext> create;
    private readonly Task accepting;

    public JoinedListener(IConnectionListener listener, Func<Socket, ConnectionContext> create)
    {
        (this.listener, this.create) = (listener, create);
        accepting = AcceptOwnAsync();
    }

    public EndPoint EndPoint => listener.EndPoint;

    /// <param name="client">Whose socket it is.</param>
    /// <param name="relay">The node that relays it.</param>
    /// <returns>False if nothing is accepted any more.</returns>
    public async Task<bool> TryAddAsync(Socket socket, IPEndPoint client, RelayLeaving relay)
    {
        if (!await accepted.Writer.WaitToWriteAsync()) return false;
        var connection = create(socket);
        connection.RemoteEndPoint = client;
        connection.Features.Set(relay);
        if (await TryGiveAsync(connection)) return true;
        connection.Abort();
        return false;
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await accepted.Reader.WaitToReadAsync(cancellationToken))
            if (accepted.Reader.TryRead(out var connection)) return connection;
        await accepting; // to throw what made it stop
        return null;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        accepted.Writer.TryComplete();
        await listener.UnbindAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        accepted.Writer.TryComplete();
        await listener.DisposeAsync();
        while (accepted.Reader.TryRead(out var connection)) await connection.DisposeAsync();
    }

    private async Task AcceptOwnAsync()
    {
        try
        {
            while (await listener.AcceptAsync() is { } connection)
                if (!await TryGiveAsync(connection)) await connection.DisposeAsync(); // it came too late
        }
        finally
        {
            accepted.Writer.TryComplete();
        }
    }

    /// <returns>False if nothing is accepted any more.</returns>
    private async Task<bool> TryGiveAsync(ConnectionContext connection)
    {
        try
        {
            await accepted.Writer.WriteAsync(connection);
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }
}
