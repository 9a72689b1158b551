using System.Net.Sockets;

namespace Chat.Daemon.Transport;

/// <summary>
/// Writes straight into the socket. Kestrel's pipe hands the bytes to another thread, which costs more than the system call if a message
/// goes to many: see decision 4 in docs/decisions.
/// </summary>
internal sealed class SocketOutput : IOutput
{
    private readonly Socket socket;

    public SocketOutput(Socket socket)
    {
        this.socket = socket;
        socket.Blocking = false;
    }

    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var sent = socket.Send(bytes, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success => sent,
                SocketError.WouldBlock => 0,
                _ => throw new IOException($"The client is gone: {error}."),
            };
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException("The connection is closed.", e);
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None)..];
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new IOException("The client is gone.", e);
        }
    }
}
