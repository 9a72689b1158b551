using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Chat.Daemon.Transport;

/// <summary>Receives sockets of the line protocol from Kestrel, and serves each until it is closed.</summary>
/// <param name="serve">Serves one connection to its end.</param>
internal sealed class TcpEndpoint(Func<Link, CancellationToken, Task> serve) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext context)
    {
        var socket = context.Features.Get<IConnectionSocketFeature>()?.Socket;
        var isPlain = socket is not null && context.Features.Get<ITlsConnectionFeature>() is null;
        if (socket is not null) KeepAlive.Watch(socket);
        var address = (context.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        var link = new Link(
            context.ConnectionId, address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, context.Transport.Input,
            isPlain ? new SocketOutput(socket!) : new PipeOutput(context.Transport.Output),
            isPlain ? () => ShutdownSend(socket!) : () => CloseNotifyAsync(context), context.Abort,
            () => socket is not null && IsGone(socket), context.ConnectionClosed);
        var stopping = context.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        await serve(link, stopping);
    }

    /// <summary>Sending zero bytes sends nothing, but fails after a reset.</summary>
    private static bool IsGone(Socket socket)
    {
        try
        {
            socket.Send(ReadOnlySpan<byte>.Empty, SocketFlags.None, out var error);
            return error is not (SocketError.Success or SocketError.WouldBlock);
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private static Task ShutdownSend(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client has closed the connection: there is no side left to shut down.
        }
        return Task.CompletedTask;
    }

    /// <summary>Sends TLS's own close_notify, so that the client can tell an end from a cut connection.</summary>
    private static async Task CloseNotifyAsync(ConnectionContext context)
    {
        try
        {
            if (context.Features.Get<ISslStreamFeature>() is { } tls) await tls.SslStream.ShutdownAsync();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The client has closed the connection: nobody is left to tell.
        }
        await context.Transport.Output.CompleteAsync();
    }
}
