using System.IO.Pipelines;
using System.Net.Sockets;

namespace Chat.Daemon.Transport;

/// <summary>Where the bytes of an outbox go. One caller at a time.</summary>
internal interface IOutput
{
    /// <summary>Gives away as many bytes as are taken without waiting; returns how many.</summary>
    /// <exception cref="IOException">The peer is gone.</exception>
    int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>Completes when all the bytes have left the process.</summary>
    /// <exception cref="IOException">The peer is gone.</exception>
    Task SendAsync(ReadOnlyMemory<byte> bytes);
}

/// <summary>
/// Straight into the socket. Kestrel's own way, through a pipe and a queue of its transport to another thread, costs more
/// than the system call itself where a message goes to many: docs/decisions/0004-the-outbox-writes-to-the-socket.md.
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
                _ => throw new IOException($"The peer is gone: {error}."),
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
            throw new IOException("The peer is gone.", e);
        }
    }
}

/// <summary>Through a transport's pipe, where something (TLS) stands between us and the socket.</summary>
internal sealed class PipeOutput(PipeWriter writer) : IOutput
{
    public int TrySend(ReadOnlySpan<byte> bytes) => 0;

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if ((await writer.WriteAsync(bytes)).IsCompleted) throw new IOException("The peer is gone.");
        }
        catch (InvalidOperationException e)
        {
            throw new IOException("The connection is closed.", e);
        }
    }
}
