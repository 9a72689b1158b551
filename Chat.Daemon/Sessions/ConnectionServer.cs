using System.Collections.Concurrent;
using Chat.Daemon.Delivery;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Sessions.Limits;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Serves the connections of every transport, each from its start to its end, within the limits of connections.</summary>
internal sealed class ConnectionServer
{
    /// <summary>Connections that are told why they are refused. More at once are closed without a word.</summary>
    private const int RefusedAtOnce = 64;

    /// <summary>
    /// Silence after which a WebSocket is pinged, and after which it is lost. TCP's keepalive ends at a proxy, and proxies close what is
    /// silent for a minute.
    /// </summary>
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(30), DeadAfter = TimeSpan.FromSeconds(75);

    private readonly DrainList drainList = new();
    private readonly ConcurrentDictionary<Connection, bool> open = new();
    private readonly RequestHandlers handlers;
    private readonly AddressLimits addressLimits;
    private readonly SessionReports reports;
    private readonly TimeProvider time;
    private int refusing;

    public ConnectionServer(
        RequestHandlers handlers, AddressLimits addressLimits, DaemonMetrics metrics, SessionReports reports, TimeProvider time)
    {
        (this.handlers, this.addressLimits, this.reports, this.time) = (handlers, addressLimits, reports, time);
        metrics.AddGauge("chat.outbox", "By", "Bytes queued in outboxes.", () => OutboxBytes);
    }

    /// <summary>Bytes that wait in all outboxes.</summary>
    public long OutboxBytes => open.Keys.Sum(connection => connection.Outbox.WaitingBytes);

    /// <summary>Serves a connection that nobody has counted yet.</summary>
    /// <param name="stopping">Cancelled when the daemon stops: the connection then ends with <c>bye shutdown</c>.</param>
    public async Task ServeAsync(Link link, CancellationToken stopping)
    {
        var isCounted = addressLimits.TryConnect(link.Address, out var usage);
        try
        {
            await ServeAsync(link, usage, isCounted, stopping);
        }
        finally
        {
            if (isCounted) addressLimits.Disconnect(link.Address);
        }
    }

    /// <summary>Serves a connection that the caller has counted.</summary>
    /// <param name="isWithinLimits">If not, the client is told so, and that is all.</param>
    /// <param name="stopping">As above.</param>
    public async Task ServeAsync(Link link, AddressUsage usage, bool isWithinLimits, CancellationToken stopping)
    {
        using var scope = reports.Begin(link);
        var outboxBytes = handlers.Options.Current.Limits.OutboxBytes;
        var connection = new Connection(link, link.DrainList ?? drainList, outboxBytes, time) { Usage = usage };
        reports.Accepted(connection);
        open[connection] = true;
        try
        {
            if (!isWithinLimits)
            {
                await RefuseAsync(connection, link);
                return;
            }
            await using var stop = stopping.Register(() => connection.Shutdown(handlers.Elsewhere.Others));
            await using var leave = link.RelayLeaving.Register(() => connection.Shutdown(handlers.Elsewhere.Here));
            await new SessionLoop(connection, handlers, reports, time).RunAsync();
        }
        finally
        {
            open.TryRemove(connection, out _);
            reports.Closed();
        }
    }

    /// <summary>Ends all connections.</summary>
    public void EndAll(string reason)
    {
        foreach (var (connection, _) in open) connection.End(reason);
    }

    /// <summary>Pings the WebSockets that are silent, and gives up those that do not answer.</summary>
    public void PingSilent()
    {
        foreach (var (connection, _) in open)
        {
            if (connection.Framing is not WebSocketFraming || connection.Silence < PingAfter) continue;
            if (connection.Silence < DeadAfter) connection.Outbox.Control(WebSocketWriter.Control(WebSocketOpcode.Ping, default));
            else connection.Lose();
        }
    }

    /// <summary>Saying why takes up to a second, and a file of the process for as long: a flood gets no answer.</summary>
    private async Task RefuseAsync(Connection connection, Link link)
    {
        reports.Refused(connection.Address, connection.Usage);
        try
        {
            if (Interlocked.Increment(ref refusing) > RefusedAtOnce)
            {
                link.Abort();
                return;
            }
            connection.Outbox.Reply(handlers.Hello());
            connection.End(ByeReason.TooManyConnections);
            await connection.CloseAsync();
        }
        finally
        {
            Interlocked.Decrement(ref refusing);
        }
    }
}
