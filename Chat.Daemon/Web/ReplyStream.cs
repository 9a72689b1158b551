using System.Net.Sockets;

namespace Chat.Daemon.Web;

/// <summary>
/// Writes HTTP's answers of a plain connection into its socket. When a flush has completed, the bytes have left the process, so a
/// WebSocket may go on writing there. Kestrel's own pipe says no more than that it will send them.
/// </summary>
internal sealed class ReplyStream(Socket socket) : NetworkStream(socket, ownsSocket: false)
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await base.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException)
        {
            // The client is gone. Kestrel takes an exception here for a bug; it notices the end by its own read.
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            base.Write(buffer, offset, count);
        }
        catch (IOException)
        {
            // As above.
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            base.Write(buffer);
        }
        catch (IOException)
        {
            // As above.
        }
    }
}
