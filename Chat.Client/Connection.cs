using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Chat.Protocol;

namespace Chat.Client;

/// <summary>A connection to the daemon: reads frames, writes bytes.</summary>
internal sealed class Connection : IAsyncDisposable
{
    private readonly Stream stream;
    private readonly PipeReader reader;
    private readonly LineReader lines = new(ProtocolLimits.DaemonFrameBytes);

    private Connection(Stream stream) =>
        (this.stream, reader) = (stream, PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16_384)));

    /// <summary>Why the connection ended; set before <see cref="ReadAsync"/> returns null.</summary>
    public string Lost { get; private set; } = "the connection was closed";

    /// <exception cref="ChatConnectionException">Nothing listens, or TLS failed.</exception>
    public static async Task<Connection> OpenAsync(ChatClientOptions options, DnsEndPoint address, CancellationToken ct)
    {
        if (options.Dial is { } dial) return new Connection(await dial(ct).ConfigureAwait(false));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(address, ct).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return new Connection(await SecureAsync(stream, options, address.Host, ct).ConfigureAwait(false));
        }
        catch (Exception e) when (e is SocketException or IOException or System.Security.Authentication.AuthenticationException)
        {
            socket.Dispose();
            throw new ChatConnectionException(e.Message, e);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The next frame of a known type; null when the connection is over. One caller at a time.</summary>
    public async ValueTask<DaemonFrame?> ReadAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(ct).ConfigureAwait(false);
                var buffer = result.Buffer;
                var frame = Take(ref buffer);
                reader.AdvanceTo(buffer.Start, frame is null ? buffer.End : buffer.Start);
                if (frame is not null) return frame;
                if (result.IsCompleted) return null;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidDataException)
        {
            Lost = e.Message;
            return null;
        }
    }

    /// <summary>False if the connection is over; the reader ends too. One caller at a time; disposing interrupts it.</summary>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> frames)
    {
        try
        {
            await stream.WriteAsync(frames).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            await DisposeAsync().ConfigureAwait(false);
            return false;
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    /// <exception cref="InvalidDataException">The line is not a valid frame.</exception>
    private DaemonFrame? Take(ref System.Buffers.ReadOnlySequence<byte> buffer)
    {
        while (true)
        {
            switch (lines.TryRead(ref buffer, out var line))
            {
                case LineStatus.None:
                    return null;
                case LineStatus.TooLong:
                    throw new InvalidDataException("the daemon sent a frame that is too long");
            }
            var read = FrameReader.ReadDaemon(line);
            if (read.Frame is { } frame) return frame;
            if (read.Code != RefusalCode.UnknownType) throw new InvalidDataException($"the daemon sent a malformed frame: {read.Reason}");
        }
    }

    private static async Task<Stream> SecureAsync(NetworkStream plain, ChatClientOptions options, string host, CancellationToken ct)
    {
        if (!options.Tls) return plain;
        var tls = new SslStream(plain);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                RemoteCertificateValidationCallback = options.CertificateCheck,
            },
            ct).ConfigureAwait(false);
        return tls;
    }
}
