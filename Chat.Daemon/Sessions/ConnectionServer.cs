using System.Collections.Concurrent;
using System.Net;
using Chat.Daemon.Delivery;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Transport;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>Serves the connections of every transport, each from its start to its end, within the limits of connections.</summary>
internal sealed partial class ConnectionServer
{
    private readonly DrainList drainList = new();
    private readonly ConcurrentDictionary<Connection, bool> open = new();
    private readonly RequestHandlers handlers;
    private readonly AddressLimits addressLimits;
    private readonly DaemonMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    public ConnectionServer(
        RequestHandlers handlers, AddressLimits addressLimits, DaemonMetrics metrics, TimeProvider time, ILogger<ConnectionServer> logger)
    {
        (this.handlers, this.addressLimits, this.metrics, this.time, this.logger) = (handlers, addressLimits, metrics, time, logger);
        metrics.AddGauge("chat.outbox", "By", "Bytes queued in outboxes.", () => OutboxBytes);
    }

    /// <summary>Bytes that wait in all outboxes.</summary>
    public long OutboxBytes => open.Keys.Sum(connection => connection.Outbox.WaitingBytes);

    /// <param name="stopping">Cancelled when the daemon stops: the connection then ends with <c>bye shutdown</c>.</param>
    public async Task ServeAsync(Link link, CancellationToken stopping)
    {
        using var scope = logger.BeginScope(new KeyValuePair<string, object?>[] { new("connection", link.Id) });
        var limits = handlers.Options.Current.Limits;
        var connection = new Connection(link, drainList, limits.OutboxBytes, time);
        LogConnectionAccepted(logger, link.Address);
        var isCounted = addressLimits.TryConnect(link.Address);
        open[connection] = true;
        metrics.Connections.Add();
        metrics.ConnectionsOpen.Add();
        try
        {
            if (!isCounted || (limits.Connections > 0 && metrics.ConnectionsOpen.Value > limits.Connections))
            {
                await RefuseAsync(connection);
                return;
            }
            await using var registration = stopping.Register(() => connection.End(ByeReason.Shutdown));
            await new SessionLoop(connection, handlers, metrics, time, logger).RunAsync();
        }
        finally
        {
            open.TryRemove(connection, out _);
            metrics.ConnectionsOpen.Add(-1);
            if (isCounted) addressLimits.Disconnect(link.Address);
        }
    }

    private async Task RefuseAsync(Connection connection)
    {
        connection.Outbox.Reply(handlers.Hello());
        connection.End(ByeReason.TooManyConnections);
        LogConnectionRefused(logger, connection.Address);
        await connection.CloseAsync();
    }

    [LoggerMessage(EventId = 101, EventName = "ConnectionAccepted", Level = LogLevel.Information,
        Message = "Connection accepted from {Address}")]
    private static partial void LogConnectionAccepted(ILogger logger, IPAddress address);

    [LoggerMessage(EventId = 102, EventName = "ConnectionRefused", Level = LogLevel.Warning,
        Message = "Connection from {Address} refused: too many connections")]
    private static partial void LogConnectionRefused(ILogger logger, IPAddress address);
}
