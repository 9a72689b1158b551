using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Chat.Daemon.Configuration;
using Chat.Daemon.Sessions.Limits;
using Chat.Daemon.Transport;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Cluster;

/// <summary>
/// On a node that stands by: accepts clients and connects each to the node that serves, byte by byte. While no node serves, a client waits.
/// </summary>
internal sealed partial class Relay : IAsyncDisposable
{
    /// <summary>Longer than a take-over takes.</summary>
    private static readonly TimeSpan WaitTime = TimeSpan.FromSeconds(20);

    /// <summary>To reach the serving node, and to be proved so. One that hangs answers nothing.</summary>
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(3);

    /// <summary>Without a free descriptor nothing can be accepted.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>For the serving node to say <c>bye</c> to the clients of this one, and for them to close.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    private readonly NodeSockets sockets;
    private readonly ServingWatch servingWatch;
    private readonly ILogger<Relay> logger;
    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentDictionary<RelayedConnection, Task> relayed = new();
    private readonly long run = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private readonly AddressCounts addresses;
    private readonly string secret;
    private readonly long most;
    private CancellationTokenSource accepting = new();
    private Task accepted = Task.CompletedTask;

    public Relay(NodeSockets sockets, ServingWatch servingWatch, ChatOptions options, ILogger<Relay> logger)
    {
        (this.sockets, this.servingWatch, this.logger) = (sockets, servingWatch, logger);
        addresses = new AddressCounts(options);
        secret = options.Cluster.Secret;
        most = ConnectionCeiling.OfProcess / 2; // each has two
        if (options.Limits.Connections > 0) most = Math.Min(most, options.Limits.Connections);
    }

    public RelayCounters Counters { get; } = new();

    public void Start()
    {
        accepting = new CancellationTokenSource();
        accepted = Task.WhenAll(sockets.All.Select(client => AcceptAsync(client.Scheme, client.Socket, accepting.Token)));
    }

    /// <summary>Leaves the next clients to whoever accepts at the sockets from now on. What is relayed goes on.</summary>
    public async Task StopAcceptingAsync()
    {
        await accepting.CancelAsync();
        await accepted;
    }

    /// <summary>Ends what goes to a node that no longer serves: it may hang.</summary>
    public void EndOthers(ServingNode serving)
    {
        foreach (var (connection, _) in relayed)
            if (connection.Backends != serving.Backends) connection.End();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAcceptingAsync();
        await ended.CancelAsync();
        await SayFarewellAsync();
        foreach (var (connection, _) in relayed) connection.End();
    }

    /// <summary>
    /// The serving node tells the clients where to go, since this one does not understand what it relays: it could be TLS. A node that
    /// serves no longer, or not yet, tells them nothing, and they lose their connections.
    /// </summary>
    private async Task SayFarewellAsync()
    {
        var clients = relayed.Values;
        if (clients.Count == 0 || servingWatch.Known is not { } serving) return;
        using var late = new CancellationTokenSource(FarewellTime);
        try
        {
            using var link = await TryAskAsync(new LinkRequest(LinkRequest.Farewell, LinkRequest.Nobody, run), serving, late.Token);
            if (link is not null) await Task.WhenAll(clients).WaitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            LogNoFarewell(serving.Link);
        }
    }

    private async Task AcceptAsync(string scheme, Socket socket, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(scheme, await socket.AcceptAsync(cancellation));
            }
            catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
            catch (SocketException e)
            {
                LogNotAccepted(scheme, e.SocketErrorCode);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private async Task ServeAsync(string scheme, Socket client)
    {
        IPAddress? counted = null;
        try
        {
            var address = (IPEndPoint)client.RemoteEndPoint!;
            var from = KestrelLink.AddressOf(address);
            if (Counters.Begin() > most || !addresses.TryAdd(from)) return;
            counted = from;
            var request = new LinkRequest(scheme, new IPEndPoint(from, address.Port), run);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ended.Token);
            over.CancelAfter(WaitTime);
            if (await ConnectAsync(client, request, over.Token) is not { } connection) return;
            var running = connection.RunAsync();
            relayed[connection] = running;
            if (ended.IsCancellationRequested) connection.End();
            await running;
            relayed.TryRemove(connection, out _);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client is gone.
        }
        finally
        {
            client.Dispose();
            Counters.End();
            if (counted is not null) addresses.Remove(counted);
        }
    }

    /// <returns>Null if it took too long, or the client is gone.</returns>
    private async Task<RelayedConnection?> ConnectAsync(
        Socket client, LinkRequest request, CancellationToken cancellation)
    {
        try
        {
            while (!IsGone(client))
            {
                var serving = servingWatch.Known;
                var node = serving is null ? null : await TryAskAsync(request, serving, cancellation);
                if (node is not null) return new RelayedConnection(client, node, serving!.Backends, Counters);
                await servingWatch.RenewAsync(cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            LogGaveUp(request.Kind);
        }
        return null;
    }

    /// <returns>Null if the node cannot be reached.</returns>
    private async Task<Socket?> TryAskAsync(LinkRequest request, ServingNode serving, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(ConnectTime);
        var node = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            KeepAlive.Watch(node);
            var colon = serving.Link.LastIndexOf(':');
            await node.ConnectAsync(serving.Link[..colon].Trim('[', ']'), int.Parse(serving.Link.AsSpan(colon + 1), null), late.Token);
            await LinkHandshake.AskAsync(node, LinkHandshake.KeyOf(serving.Key, secret), request, late.Token);
            return node;
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            node.Dispose();
            cancellation.ThrowIfCancellationRequested();
            LogNotReached(serving.Link, e.Message);
            return null;
        }
    }

    /// <summary>Whether it has closed, or reset, its connection. One that has sent something is there.</summary>
    private static bool IsGone(Socket client) => client.Poll(0, SelectMode.SelectRead) && client.Available == 0;

    [LoggerMessage(EventId = 911, EventName = "RelayNotAccepted", Level = LogLevel.Warning,
        Message = "Cannot accept a connection at {Scheme}: {Reason}")]
    private partial void LogNotAccepted(string scheme, SocketError reason);

    [LoggerMessage(EventId = 912, EventName = "RelayGaveUp", Level = LogLevel.Warning,
        Message = "Closed a connection at {Scheme}: no node has served for too long")]
    private partial void LogGaveUp(string scheme);

    [LoggerMessage(EventId = 913, EventName = "RelayNotReached", Level = LogLevel.Warning,
        Message = "Cannot bring a client to the serving node at {Link}: {Reason}")]
    private partial void LogNotReached(string link, string reason);

    [LoggerMessage(EventId = 915, EventName = "RelayNoFarewell", Level = LogLevel.Warning,
        Message = "The serving node at {Link} has not told all clients of this one in time where to go; their connections are cut")]
    private partial void LogNoFarewell(string link);
}
