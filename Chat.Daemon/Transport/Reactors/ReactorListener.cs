using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Chat.Daemon.Transport.Reactors;

/// <summary>Accepts connections and gives each to a reactor, in turn.</summary>
internal sealed class ReactorListener(Socket socket, Reactor[] reactors) : IConnectionListener
{
    /// <summary>Without a free descriptor nothing can be accepted. Trying at once would only take time from what closes one.</summary>
    private static readonly TimeSpan DescriptorPause = TimeSpan.FromMilliseconds(50);

    private uint accepted; // wraps around

    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                return Serve(await socket.AcceptAsync(cancellationToken));
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null; // no longer listening
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                await Task.Delay(DescriptorPause, CancellationToken.None);
            }
            catch (SocketException)
            {
                // The client closed the connection before it was accepted.
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    /// <summary>Safe from any thread.</summary>
    public ReactorConnection Serve(Socket client)
    {
        try
        {
            return new ReactorConnection(reactors[Interlocked.Increment(ref accepted) % (uint)reactors.Length], client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
