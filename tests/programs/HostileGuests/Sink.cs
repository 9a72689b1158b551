using System.Net;
using System.Net.Sockets;

namespace HostileGuests;

/// <summary>A peer that takes every connection and all that it is sent, and answers nothing.</summary>
internal static class Sink
{
    public static async Task<int> RunAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Console.WriteLine($"listening on tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        while (true) _ = TakeAsync(await listener.AcceptAsync());
    }

    private static async Task TakeAsync(Socket socket)
    {
        using (socket)
        {
            var buffer = new byte[65_536];
            try
            {
                while (await socket.ReceiveAsync(buffer) > 0)
                {
                }
            }
            catch (SocketException)
            {
                // The attacker is gone.
            }
        }
    }
}
