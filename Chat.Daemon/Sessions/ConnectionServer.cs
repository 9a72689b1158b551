using System.Collections.Concurrent;
using System.Net;
using Chat.Daemon.Configuration;
using Chat.Daemon.Delivery;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Transport;
using Chat.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Sessions;

/// <summary>Receives each connection of any transport and sees it to its end.</summary>
internal sealed partial class ConnectionServer(RequestHandlers desks, AddressLimits addresses, DrainList drains, OptionsSource options, DaemonMetrics metrics, TimeProvider time, ILogger<ConnectionServer> logger)
{
    private readonly ConcurrentDictionary<Connection, bool> open = Measured(metrics);

    /// <summary>Bytes queued in outboxes now.</summary>
    public long OutboxBytes => BytesOf(open);

    /// <param name="stopping">Cancelled when the daemon stops: the connection then ends with <c>bye shutdown</c>.</param>
    public async Task ServeAsync(Link link, CancellationToken stopping)
    {
        using var scope = logger.BeginScope(new KeyValuePair<string, object?>[] { new("connection", link.Id) });
        var limits = options.Current.Limits;
        var connection = new Connection(link, drains, limits.OutboxBytes, time);
        LogConnected(logger, link.Address);
        var isCounted = addresses.TryConnect(link.Address, limits.ConnectionsPerAddress);
        open[connection] = true;
        metrics.Connections.Add();
        metrics.ConnectionsOpen.Add();
        var isWelcome = limits.Connections == 0 || metrics.ConnectionsOpen.Value <= limits.Connections;
        try
        {
            if (!isCounted || !isWelcome)
            {
                connection.Outbox.Reply(desks.Hello());
                connection.End(ByeReason.TooManyConnections);
                LogTooMany(logger, link.Address);
                await connection.CloseAsync();
                return;
            }
            await using var registration = stopping.Register(() => connection.End(ByeReason.Shutdown));
            await new SessionLoop(connection, desks, options, metrics, time, logger).RunAsync();
        }
        finally
        {
            open.TryRemove(connection, out _);
            metrics.ConnectionsOpen.Add(-1);
            if (isCounted) addresses.Disconnect(link.Address);
        }
    }

    private static ConcurrentDictionary<Connection, bool> Measured(DaemonMetrics metrics)
    {
        var open = new ConcurrentDictionary<Connection, bool>();
        metrics.AddGauge("chat.outbox", "By", "Bytes queued in outboxes.", () => BytesOf(open));
        return open;
    }

    private static long BytesOf(ConcurrentDictionary<Connection, bool> open) => open.Keys.Sum(connection => connection.Outbox.WaitingBytes);

    [LoggerMessage(EventId = 101, Level = LogLevel.Information, Message = "Connected from {Address}")]
    private static partial void LogConnected(ILogger logger, IPAddress address);

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning, Message = "Too many connections, the last from {Address}")]
    private static partial void LogTooMany(ILogger logger, IPAddress address);
}
