using System.Net;
using System.Net.Sockets;
using Chat.Daemon.Transport.Reactors;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Chat.Daemon.Transport;

/// <summary>The link of a connection that Kestrel accepted. On plain TCP it writes straight into the socket.</summary>
internal static class KestrelLink
{
    /// <param name="features">Of the connection, or of a request on it.</param>
    public static Link Of(IFeatureCollection features, IPAddress address, IFraming framing)
    {
        var socket = features.Get<IConnectionSocketFeature>()?.Socket;
        var isPlain = socket is not null && features.Get<ITlsConnectionFeature>() is null;
        var transport = features.GetRequiredFeature<IConnectionTransportFeature>().Transport;
        var lifetime = features.GetRequiredFeature<IConnectionLifetimeFeature>();
        return new Link(
            features.GetRequiredFeature<IConnectionIdFeature>().ConnectionId, address, transport.Input,
            isPlain ? new SocketOutput(socket!) : new PipeOutput(transport.Output),
            isPlain ? () => ShutdownSend(socket!) : () => CloseNotifyAsync(features), lifetime.Abort,
            () => socket is not null && IsGone(socket), lifetime.ConnectionClosed)
        { Framing = framing, RelayLeaving = LeavingOf(features) };
    }

    /// <summary>The link of a connection that a reactor serves.</summary>
    public static Link Of(ReactorConnection connection) => new(
        connection.ConnectionId, AddressOf(connection.RemoteEndPoint), connection.Input, connection.Output,
        () => ShutdownSend(connection.Socket), connection.Abort, () => IsGone(connection.Socket), connection.ConnectionClosed)
    { Framing = new LineFraming(), DrainList = connection.DrainList, RelayLeaving = LeavingOf(connection.Features) };

    /// <summary>Of a connection over IPv6 that comes from an IPv4 address, that address.</summary>
    public static IPAddress AddressOf(EndPoint? remote)
    {
        var address = (remote as IPEndPoint)?.Address ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>Cancelled when the daemon stops.</summary>
    public static CancellationToken StoppingOf(IFeatureCollection features) =>
        features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;

    private static CancellationToken LeavingOf(IFeatureCollection features) =>
        features.Get<RelayLeaving>()?.Token ?? CancellationToken.None;

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
    private static async Task CloseNotifyAsync(IFeatureCollection features)
    {
        try
        {
            if (features.Get<ISslStreamFeature>() is { } tls) await tls.SslStream.ShutdownAsync();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The client has closed the connection: nobody is left to tell.
        }
    }
}
