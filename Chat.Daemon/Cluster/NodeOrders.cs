using Chat.Daemon.Diagnostics;
using Chat.Daemon.Sessions;
using Microsoft.Extensions.Hosting;

namespace Chat.Daemon.Cluster;

/// <summary>
/// Stops the daemon when a node orders this one to stop, and tells clients of the others whenever it stops. Publishes what they relay.
/// </summary>
internal sealed class NodeOrders(
    ClusterNode clusterNode, Elsewhere elsewhere, DaemonMetrics metrics, IHostApplicationLifetime lifetime) : IHostedService
{
    private CancellationTokenRegistration order;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        order = clusterNode.StopOrdered.Register(lifetime.StopApplication);
        elsewhere.Use(() => clusterNode.AddressesOfOthers, clusterNode.Addresses);
        metrics.AddGauge("chat.cluster.relayed", "node", "Connections that a node relays to this one.", () =>
            clusterNode.Relayed.Select(node => KeyValuePair.Create(node.Node, node.Open)));
        metrics.AddGauge("chat.cluster.relayed_bytes", "node", "Bytes that a node has relayed, in both directions, since its start.", () =>
            clusterNode.Relayed.Select(node => KeyValuePair.Create(node.Node, node.Bytes)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        order.Dispose();
        return Task.CompletedTask;
    }
}
