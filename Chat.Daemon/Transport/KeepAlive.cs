using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Chat.Daemon.Transport;

/// <summary>
/// Finds a client that vanished silently within 90 s: by TCP keepalive while idle, by the user timeout while data is unacknowledged.
/// </summary>
internal static class KeepAlive
{
    private const int IdleSeconds = 45;
    private const int ProbeSeconds = 15;
    private const int Probes = 3;

    /// <summary>TCP_USER_TIMEOUT in Linux's tcp.h. .NET has no name for it.</summary>
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
