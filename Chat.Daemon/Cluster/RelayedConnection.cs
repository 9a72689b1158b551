using System.Buffers;
using System.Net.Sockets;

namespace Chat.Daemon.Cluster;

/// <summary>
/// Passes on what a client and the serving node send each other. It holds a buffer only while it passes something on, and receives no more
/// before that is sent: whoever does not read makes the other wait, as if they were connected directly.
/// </summary>
internal sealed class RelayedConnection(Socket client, Socket node, string backends, RelayCounters relayCounters)
{
    private const int BufferBytes = 16_384;

    /// <summary>How long a client may take to close after the serving node has.</summary>
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(5);

    /// <summary>The run of the serving node.</summary>
    public string Backends => backends;

    /// <summary>Returns when both are closed. Throws nothing.</summary>
    public async Task RunAsync()
    {
        var (up, down) = (CopyAsync(client, node), CopyAsync(node, client));
        if (await Task.WhenAny(up, down) == up) await down; // the client sends no more, but may still read
        else await Task.WhenAny(up, Task.Delay(CloseTime));
        End();
    }

    /// <summary>Closes both at once. Safe from any thread.</summary>
    public void End()
    {
        client.Dispose();
        node.Dispose();
    }

    /// <summary>Until one of them sends no more, which the other is told. Ends both if one is gone.</summary>
    private async Task CopyAsync(Socket from, Socket to)
    {
        try
        {
            while (true)
            {
                await from.ReceiveAsync(Memory<byte>.Empty); // there is something, or the end
                if (await CopyPieceAsync(from, to) == 0) break;
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            End();
        }
    }

    private async Task<int> CopyPieceAsync(Socket from, Socket to)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var count = await from.ReceiveAsync(buffer);
            for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            relayCounters.Add(count);
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
