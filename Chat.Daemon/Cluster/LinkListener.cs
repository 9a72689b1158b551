using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Cluster;

/// <summary>On the node that serves: takes the clients that other nodes bring, until disposal.</summary>
internal sealed partial class LinkListener : IDisposable
{
    /// <summary>Connections that have not proved yet that they are of a node. More at once are closed.</summary>
    private const int StrangersAtOnce = 256;

    private static readonly TimeSpan ProofTime = TimeSpan.FromSeconds(3), Pause = TimeSpan.FromMilliseconds(50);

    private readonly Socket socket;
    private readonly byte[] key;
    private readonly Func<string, Socket, IPEndPoint, bool> give;
    private readonly ILogger<LinkListener> logger;
    private int strangers;

    /// <param name="give">
    /// Serves a client, at an endpoint of that scheme, whose connection is the socket from then on; false if there is none.
    /// </param>
    public LinkListener(Socket socket, byte[] key, Func<string, Socket, IPEndPoint, bool> give, ILogger<LinkListener> logger)
    {
        (this.socket, this.key, this.give, this.logger) = (socket, key, give, logger);
        _ = AcceptAsync();
    }

    public void Dispose() => socket.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = TakeAsync(await socket.AcceptAsync());
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException e)
            {
                LogNotAccepted(e.SocketErrorCode);
                await Task.Delay(Pause);
            }
        }
    }

    private async Task TakeAsync(Socket link)
    {
        var isGiven = false;
        var from = (link.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        using var late = new CancellationTokenSource(ProofTime);
        try
        {
            if (Interlocked.Increment(ref strangers) > StrangersAtOnce) return;
            if (await LinkHandshake.TakeAsync(link, key, late.Token) is not var (scheme, client)) LogRefused(from);
            else isGiven = give(scheme, link, client);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // It is gone.
        }
        catch (OperationCanceledException)
        {
            LogRefused(from);
        }
        finally
        {
            Interlocked.Decrement(ref strangers);
            if (!isGiven) link.Dispose();
        }
    }

    [LoggerMessage(EventId = 909, EventName = "LinkRefused", Level = LogLevel.Warning,
        Message = "Refused a connection from {Address} to Chat:Cluster:Listen: it did not prove to be of a node of this cluster")]
    private partial void LogRefused(IPAddress address);

    [LoggerMessage(EventId = 910, EventName = "LinkNotAccepted", Level = LogLevel.Warning,
        Message = "Cannot accept a connection to Chat:Cluster:Listen: {Reason}")]
    private partial void LogNotAccepted(SocketError reason);
}
