using System.Net.Sockets;

namespace Chat.LoadTest.Coordination;

/// <summary>Ends the connection to a machine that has lost power or its network, which no packet tells.</summary>
internal static class DeadLink
{
    /// <summary>Seconds of silence before the first probe, between probes, and in all.</summary>
    public const int Silence = 10, Between = 5, Patience = 30;

    /// <summary>Linux sends no probes while data waits for its acknowledgement; this option ends the connection then.</summary>
    private const int LinuxTcp = 6, LinuxUserTimeout = 18;

    public static void Notice(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, Silence);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Between);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, (Patience - Silence) / Between);
        if (OperatingSystem.IsLinux()) socket.SetRawSocketOption(LinuxTcp, LinuxUserTimeout, BitConverter.GetBytes(Patience * 1_000));
    }
}
