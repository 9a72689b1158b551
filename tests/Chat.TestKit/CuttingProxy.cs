using System.Net;
using System.Net.Sockets;

namespace Chat.TestKit;

/// <summary>A proxy that resets the first connection after a number of bytes, and leaves later ones alone.</summary>
/// <param name="target">The daemon's port.</param>
/// <param name="up">Bytes to the daemon before the reset; null for none.</param>
/// <param name="down">Bytes from the daemon before the reset; null for none.</param>
public sealed class CuttingProxy : IAsyncDisposable
{
    private const int NobodyListens = 1;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private CancellationTokenSource present = new();
    private readonly long?[] limits;
    private readonly long[] carried = new long[2];
    private readonly Task accepting;

    public CuttingProxy(int target, long? up = null, long? down = null)
    {
        (Target, limits) = (target, [up, down]);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The daemon's port; set it again after a restart.</summary>
    public int Target { get; set; }

    public long Up => Volatile.Read(ref carried[0]);

    public long Down => Volatile.Read(ref carried[1]);

    public bool HasCut { get; private set; }

    /// <summary>Resets every connection, and each later one until <see cref="Target"/> is set again.</summary>
    public async Task BreakAsync()
    {
        Target = NobodyListens;
        var broken = Interlocked.Exchange(ref present, new());
        await broken.CancelAsync();
        broken.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        present.Dispose();
        await stopping.CancelAsync();
        await accepting;
        listener.Dispose();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true) serving.Add(ServeAsync(await listener.AcceptSocketAsync(stopping.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var daemon = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var near = client;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token, present.Token);
        try
        {
            await daemon.ConnectAsync(IPAddress.Loopback, Target);
        }
        catch (SocketException)
        {
            return; // the daemon is down: closing the connection tells the client
        }
        await Task.WhenAll(CarryAsync(near, daemon, 0, over), CarryAsync(daemon, near, 1, over));
    }

    /// <summary>The connection ends when either direction does.</summary>
    private async Task CarryAsync(Socket from, Socket to, int direction, CancellationTokenSource over)
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var left = HasCut ? long.MaxValue : (limits[direction] ?? long.MaxValue) - carried[direction];
                if (left <= 0)
                {
                    HasCut = true;
                    return;
                }
                var count = await from.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), over.Token);
                if (count == 0) return;
                await to.SendAsync(buffer.AsMemory(0, count), over.Token);
                carried[direction] += count;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // the other direction has ended, or one of the two has gone
        }
        finally
        {
            await over.CancelAsync();
        }
    }
}
