using System.Net;
using System.Net.Sockets;

namespace HostileGuests;

/// <summary>A connection to the daemon from a loopback address.</summary>
internal static class Wire
{
    public static async Task<Socket> ConnectAsync(int port, string from, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellation);
            return socket;
        }
        catch (Exception)
        {
            socket.Dispose();
            throw;
        }
    }
}
