using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Cluster;

/// <summary>On the node that serves: takes the clients that other nodes bring, until disposal.</summary>
internal sealed partial class LinkListener : IDisposable
{
    /// <summary>
    /// Connections that have not proved yet that they are of a node. For one more, the oldest is closed: nodes prove it at once, so that
    /// others cannot keep them out by saying nothing.
    /// </summary>
    private const int StrangersAtOnce = 256;

    private static readonly TimeSpan ProofTime = TimeSpan.FromSeconds(3), Pause = TimeSpan.FromMilliseconds(50);

    private readonly Socket socket;
    private readonly byte[] key;
    private readonly NodeTransport transport;
    private readonly ILogger<LinkListener> logger;
    private readonly Lock gate = new();
    private readonly LinkedList<Socket> strangers = new();

    public LinkListener(Socket socket, byte[] key, NodeTransport transport, ILogger<LinkListener> logger)
    {
        (this.socket, this.key, this.transport, this.logger) = (socket, key, transport, logger);
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
        var stranger = Receive(link);
        using var late = new CancellationTokenSource(ProofTime);
        try
        {
            if (await LinkHandshake.TakeAsync(link, key, late.Token) is not { } request) LogRefused(from);
            else isGiven = TryLeave(stranger) && await transport.TryServeAsync(request, link);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // It is gone, or has been closed for another.
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            LogRefused(from);
        }
        finally
        {
            TryLeave(stranger);
            if (!isGiven) link.Dispose();
        }
    }

    private LinkedListNode<Socket> Receive(Socket link)
    {
        Socket? oldest = null;
        LinkedListNode<Socket> stranger;
        lock (gate)
        {
            stranger = strangers.AddLast(link);
            if (strangers.Count > StrangersAtOnce)
            {
                oldest = strangers.First!.Value;
                strangers.RemoveFirst();
            }
        }
        oldest?.Dispose();
        return stranger;
    }

    /// <returns>False if it has been closed for another, or has left already.</returns>
    private bool TryLeave(LinkedListNode<Socket> stranger)
    {
        lock (gate)
        {
            if (stranger.List is null) return false;
            strangers.Remove(stranger);
            return true;
        }
    }

    [LoggerMessage(EventId = 909, EventName = "LinkRefused", Level = LogLevel.Warning,
        Message = "Refused a connection from {Address} to Chat:Cluster:Listen: it did not prove to be of a node of this cluster")]
    private partial void LogRefused(IPAddress address);

    [LoggerMessage(EventId = 910, EventName = "LinkNotAccepted", Level = LogLevel.Warning,
        Message = "Cannot accept a connection to Chat:Cluster:Listen: {Reason}")]
    private partial void LogNotAccepted(SocketError reason);
}
