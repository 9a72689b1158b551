using Chat.Daemon.Sessions;
using Microsoft.Extensions.Hosting;

namespace Chat.Daemon.Cluster;

/// <summary>Stops the daemon when a node orders this one to stop, and tells clients of the others whenever it stops.</summary>
internal sealed class NodeOrders(ClusterNode clusterNode, Elsewhere elsewhere, IHostApplicationLifetime lifetime) : IHostedService
{
    private CancellationTokenRegistration order;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        order = clusterNode.StopOrdered.Register(lifetime.StopApplication);
        elsewhere.Use(() => clusterNode.AddressesOfOthers);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        order.Dispose();
        return Task.CompletedTask;
    }
}
