using System.Net.Sockets;

namespace Chat.LoadTest.Wire;

/// <summary>
/// A link without TLS. It waits for data with a small buffer of its own; only when that comes back full does it read on, with a large
/// one that all links of a thread share.
/// </summary>
internal sealed class SocketLink : Link
{
    private const int OwnBytes = 1_024, SharedBytes = 65_536;

    [ThreadStatic]
    private static byte[]? large;

    private readonly Socket socket;
    private readonly byte[] own = new byte[OwnBytes];

    public SocketLink(Socket socket, ILinkOwner owner, MicrosecondClock clock) : base(owner, clock)
    {
        this.socket = socket;
        socket.Blocking = false; // the calls that are not asynchronous return at once
    }

    public override bool Write(ReadOnlySpan<byte> bytes)
    {
        var sent = socket.Send(bytes, SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock)) return true; // broken: the reading side tells the owner
        if (sent == bytes.Length) return true;
        _ = WriteRestAsync(bytes[sent..].ToArray());
        return false;
    }

    public override void Cut()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    protected override ValueTask CloseAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                await WhenReading();
                var count = await socket.ReceiveAsync(own, SocketFlags.None);
                if (count == 0 || !Feed(own.AsSpan(0, count))) break;
                if (count == OwnBytes && !ReadOn()) break;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // A reset ends the connection like any other end.
        }
        Release();
        Owner.Closed();
    }

    /// <summary>Takes what else has arrived. False at the end of the connection.</summary>
    private bool ReadOn()
    {
        var buffer = large ??= new byte[SharedBytes];
        while (true)
        {
            var count = socket.Receive(buffer, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock) return true;
            if (error != SocketError.Success || count == 0 || !Feed(buffer.AsSpan(0, count))) return false;
            if (count < SharedBytes) return true;
        }
    }

    private async Task WriteRestAsync(ReadOnlyMemory<byte> rest)
    {
        try
        {
            while (rest.Length > 0) rest = rest[await socket.SendAsync(rest, SocketFlags.None)..];
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The reading side tells the owner.
        }
        Owner.Written(this);
    }
}
