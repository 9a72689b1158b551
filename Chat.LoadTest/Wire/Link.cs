using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using Chat.Client;
using Chat.Client.Programs;
using Chat.Protocol;

namespace Chat.LoadTest.Wire;

/// <summary>One connection: bytes out, lines in. Cheap, because a load test has thousands.</summary>
internal abstract class Link(ILinkOwner owner, MicrosecondClock clock) : IAsyncDisposable
{
    /// <summary>Else the kernel would read megabytes on behalf of a user that does not.</summary>
    private const int SlowBytes = 4_096;

    private readonly WebSocketHead? head = owner.IsWebSocket ? new() : null;
    private volatile TaskCompletionSource? paused;
    private byte[]? partial;
    private int length;

    /// <summary>Ends when the connection does.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    protected ILinkOwner Owner => owner;

    /// <exception cref="SocketException">No connection.</exception>
    /// <exception cref="IOException">No connection.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not trusted.</exception>
    public static async Task<Link> ConnectAsync(
        DaemonAddress address, TlsSettings tls, ILinkOwner owner, MicrosecondClock clock, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (owner.IsSlow) socket.ReceiveBufferSize = SlowBytes;
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellation);
            Stream stream = tls.On ? await SecureAsync(socket, address, tls, cancellation) : new NetworkStream(socket);
            if (owner.IsWebSocket) await WebSocketWire.UpgradeAsync(stream, address, cancellation);
            Link link = stream is SslStream secure ? new TlsLink(secure, owner, clock) : new SocketLink(socket, owner, clock);
            link.Reading = link.ReadAsync();
            return link;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Writes what it can at once. False if the rest is still being written: write no more until the owner is told.</summary>
    public abstract bool Write(ReadOnlySpan<byte> bytes);

    /// <summary>Reads nothing more until <see cref="ReadAgain"/>.</summary>
    public void Pause() => paused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReadAgain()
    {
        var waiting = paused;
        paused = null;
        waiting?.TrySetResult();
    }

    /// <summary>Ends the connection as a cut cable or a crash would: without goodbye.</summary>
    public abstract void Cut();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        ReadAgain();
        await Reading;
    }

    protected abstract ValueTask CloseAsync();

    protected abstract Task ReadAsync();

    protected Task WhenReading() => paused?.Task ?? Task.CompletedTask;

    /// <summary>Splits what was read into lines. False if a line is too long to be one, or nothing more follows.</summary>
    protected bool Feed(ReadOnlySpan<byte> chunk) => head is null ? FeedLines(chunk, clock.Now) : FeedMessages(chunk, head, clock.Now);

    protected void Release()
    {
        if (partial is not null) ArrayPool<byte>.Shared.Return(partial);
        (partial, length) = (null, 0);
    }

    private bool FeedLines(ReadOnlySpan<byte> chunk, long now)
    {
        while (chunk.IndexOf((byte)'\n') is var end and >= 0)
        {
            if (length > 0)
            {
                if (!Keep(chunk[..end])) return false;
                Take(partial.AsSpan(0, length), now);
                length = 0;
            }
            else
            {
                Take(chunk[..end], now);
            }
            chunk = chunk[(end + 1)..];
        }
        var fits = Keep(chunk);
        if (length == 0) Release();
        return fits;
    }

    private bool FeedMessages(ReadOnlySpan<byte> chunk, WebSocketHead next, long now)
    {
        while (next.TryRead(ref chunk))
        {
            var part = chunk[..(int)Math.Min(next.Left, chunk.Length)];
            chunk = chunk[part.Length..];
            next.Left -= part.Length;
            if ((next.Left > 0 || length > 0) && !Keep(part)) return false;
            if (next.Left > 0) return true;
            if (length > 0) part = partial.AsSpan(0, length);
            if (next.Opcode == WebSocketHead.Close) return false;
            owner.TakeLine(next.Opcode == WebSocketHead.Ping ? WebSocketWire.PingLine(part) : part, now);
            length = 0;
            next.End();
        }
        Release();
        return true;
    }

    private void Take(ReadOnlySpan<byte> line, long now) => owner.TakeLine(line is [.., (byte)'\r'] ? line[..^1] : line, now);

    private bool Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return true;
        if (length + bytes.Length > ProtocolLimits.DaemonFrameBytes + 2) return false;
        if (partial is null || partial.Length < length + bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length + bytes.Length, 2 * length));
            partial.AsSpan(0, length).CopyTo(larger);
            if (partial is not null) ArrayPool<byte>.Shared.Return(partial);
            partial = larger;
        }
        bytes.CopyTo(partial.AsSpan(length));
        length += bytes.Length;
        return true;
    }

    private static async Task<SslStream> SecureAsync(
        Socket socket, DaemonAddress address, TlsSettings settings, CancellationToken cancellation)
    {
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = address.Host,
            RemoteCertificateValidationCallback = settings.Ca is { } file ? CertificateTrust.FromFile(file) : null,
        };
        await tls.AuthenticateAsClientAsync(options, cancellation);
        return tls;
    }
}
