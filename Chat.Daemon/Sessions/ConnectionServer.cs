using System.Collections.Concurrent;
using Chat.Daemon.Delivery;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>Serves the connections of every transport, each from its start to its end, within the limits of connections.</summary>
internal sealed class ConnectionServer
{
    private readonly DrainList drainList = new();
    private readonly ConcurrentDictionary<Connection, bool> open = new();
    private readonly RequestHandlers handlers;
    private readonly AddressLimits addressLimits;
    private readonly DaemonMetrics metrics;
    private readonly SessionReports reports;
    private readonly TimeProvider time;

    public ConnectionServer(
        RequestHandlers handlers, AddressLimits addressLimits, DaemonMetrics metrics, SessionReports reports, TimeProvider time)
    {
        (this.handlers, this.addressLimits, this.metrics, this.reports, this.time) = (handlers, addressLimits, metrics, reports, time);
        metrics.AddGauge("chat.outbox", "By", "Bytes queued in outboxes.", () => OutboxBytes);
    }

    /// <summary>Bytes that wait in all outboxes.</summary>
    public long OutboxBytes => open.Keys.Sum(connection => connection.Outbox.WaitingBytes);

    /// <param name="stopping">Cancelled when the daemon stops: the connection then ends with <c>bye shutdown</c>.</param>
    public async Task ServeAsync(Link link, CancellationToken stopping)
    {
        using var scope = reports.Begin(link);
        var limits = handlers.Options.Current.Limits;
        var isCounted = addressLimits.TryConnect(link.Address, out var usage);
        var connection = new Connection(link, drainList, limits.OutboxBytes, time) { Usage = usage };
        reports.Accepted(connection);
        open[connection] = true;
        try
        {
            if (!isCounted || (limits.Connections > 0 && metrics.ConnectionsOpen.Value > limits.Connections))
            {
                await RefuseAsync(connection);
                return;
            }
            await using var registration = stopping.Register(() => connection.End(ByeReason.Shutdown));
            await new SessionLoop(connection, handlers, reports, time).RunAsync();
        }
        finally
        {
            open.TryRemove(connection, out _);
            reports.Closed();
            if (isCounted) addressLimits.Disconnect(link.Address);
        }
    }

    private async Task RefuseAsync(Connection connection)
    {
        connection.Outbox.Reply(handlers.Hello());
        connection.End(ByeReason.TooManyConnections);
        reports.Refused(connection);
        await connection.CloseAsync();
    }
}
