using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Chat.Daemon.Transport;

/// <summary>Where Kestrel hands over a socket of the line protocol: it becomes a <see cref="Connection"/> and is served until it is closed.</summary>
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

    /// <summary>Sending nothing sends nothing, but fails where a reset has come.</summary>
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
            // The peer has closed already: there is no side left to shut down.
        }
        return Task.CompletedTask;
    }

    /// <summary>TLS says itself that nothing more comes, or the peer could not tell our end from one that somebody cut off.</summary>
    private static async Task CloseNotifyAsync(ConnectionContext context)
    {
        try
        {
            if (context.Features.Get<ISslStreamFeature>() is { } tls) await tls.SslStream.ShutdownAsync();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The peer has closed already: there is nobody left to tell.
        }
        await context.Transport.Output.CompleteAsync();
    }
}

/// <summary>A peer that vanished without a word is found within 90 s, by keepalive while idle and by the user timeout while data waits.</summary>
internal static class KeepAlive
{
    private const int IdleSeconds = 45;
    private const int ProbeSeconds = 15;
    private const int Probes = 3;

    /// <summary>TCP_USER_TIMEOUT of Linux's tcp.h; .NET has no name for it.</summary>
    private const int LinuxUserTimeout = 18;

    public static void Watch(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, IdleSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ProbeSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
        if (!OperatingSystem.IsLinux()) return;
        var milliseconds = (IdleSeconds + (ProbeSeconds * Probes)) * 1000;
        socket.SetRawSocketOption(6, LinuxUserTimeout, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in milliseconds)));
    }
}
