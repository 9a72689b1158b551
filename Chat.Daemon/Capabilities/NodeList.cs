using Chat.Daemon.Cluster;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Daemon.Storage.Log;

namespace Chat.Daemon.Capabilities;

/// <summary>The nodes of the cluster. Commands run on the one that serves: this one.</summary>
internal sealed class NodeList(
    LoadSamples samples, PluginSupervisor supervisor, ConversationStore conversationStore, OptionsSource options,
    ClusterNode? clusterNode = null)
{
    private readonly DateTimeOffset started = TimeProvider.System.GetUtcNow();

    public async ValueTask<IReadOnlyList<NodeSummary>> ListAsync(CancellationToken cancellation)
    {
        var last = samples.After(0) is [.., var sample] ? sample : null;
        var load = new NodeLoad(
            last?.Sessions ?? 0,
            (int)await conversationStore.CountRoomsAsync(cancellation),
            supervisor.PluginsIn(options.Current.Language).Count(plugin => plugin.State == PluginState.Active.Word()),
            last?.Cores);
        if (clusterNode is null) return [new(Environment.MachineName, ClusterNode.Program, started, load)];
        var nodes = await clusterNode.ListAsync();
        return [.. nodes.Select(
            node => new NodeSummary(node.Name, node.Program, node.Started, node.Name == clusterNode.Name ? load : null))];
    }
}
