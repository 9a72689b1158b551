using Chat.Daemon.Lifetime;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Daemon.Cluster;

internal static class ClusterRegistration
{
    /// <param name="node">Outlives the daemon.</param>
    public static IServiceCollection AddCluster(this IServiceCollection services, ClusterNode node) => services
        .AddSingleton(node)
        .AddHostedService<NodeOrders>()
        .AddSingleton<IPeriodicTask, CutOffFarewell>();
}
