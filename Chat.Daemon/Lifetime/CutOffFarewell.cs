using Chat.Daemon.Cluster;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Lifetime;

/// <summary>
/// Says <c>bye</c> to all clients of a node that is cut off from the database: another node may serve by now. They come back here if none
/// does.
/// </summary>
internal sealed class CutOffFarewell(ClusterNode clusterNode, ConnectionServer connections) : IPeriodicTask
{
    /// <summary>The others declare it dead after 5 s, and its clients are to know within 10 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    TimeSpan IPeriodicTask.Period => TimeSpan.FromSeconds(1);

    Task IPeriodicTask.RunAsync(CancellationToken cancellation)
    {
        if (clusterNode.Silence >= Patience) connections.EndAll(ByeReason.Unavailable);
        return Task.CompletedTask;
    }
}
