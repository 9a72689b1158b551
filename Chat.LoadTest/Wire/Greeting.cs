using Chat.Client.Programs;
using Chat.Protocol;

namespace Chat.LoadTest.Wire;

/// <summary>Connects once, as the users will, and reads how the daemon greets them.</summary>
internal sealed class Greeting(WireProtocol wire) : ILinkOwner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource<DaemonFrame.Hello> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    bool ILinkOwner.IsSlow => false;

    bool ILinkOwner.IsWebSocket => wire.IsWebSocket;

    /// <exception cref="System.Net.Sockets.SocketException">No connection.</exception>
    /// <exception cref="IOException">No connection, or no <c>hello</c>.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not trusted.</exception>
    public static async Task<DaemonFrame.Hello> ReadAsync(
        DaemonAddress daemon, TlsSettings tls, WireProtocol wire, CancellationToken cancellation)
    {
        var greeting = new Greeting(wire);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await using var link = await Link.ConnectAsync(daemon, tls, greeting, new(TimeProvider.System), patience.Token);
            return await greeting.heard.Task.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"no answer within {Patience.TotalSeconds} s");
        }
    }

    void ILinkOwner.TakeLine(ReadOnlySpan<byte> line, long now)
    {
        switch (wire.Read(line))
        {
            case DaemonFrame.Hello { Protocol: ProtocolLimits.Version } hello:
                heard.TrySetResult(hello);
                break;
            case DaemonFrame.Hello other:
                Fail($"the daemon speaks protocol {other.Protocol}, this program {ProtocolLimits.Version}");
                break;
            case DaemonFrame.Bye bye:
                Fail($"the daemon rejected the connection: {bye.Reason}");
                break;
        }
    }

    void ILinkOwner.Written(Link link)
    {
    }

    void ILinkOwner.Closed() => Fail("the server did not send hello; is it a chat daemon?");

    private void Fail(string reason) => heard.TrySetException(new IOException(reason));
}
