using System.Text.Json.Nodes;

namespace Chat.Plugins.Administration;

/// <summary>Shows the nodes of the cluster.</summary>
[CommandGroup("nos"), Alias("nodes", "en"), Permission("daemon.observe", DefaultRole = Role.Admin)]
internal sealed class NodeCommands(IDiagnostics diagnostics)
{
    /// <summary>
    /// Mostra os nós do cluster: a versão de cada um, qual atende os clientes, e com que carga.
    /// <para xml:lang="en">Shows the nodes of the cluster: the version of each, which one serves clients, and its load.</para>
    /// </summary>
    [Command, Example("/nos"), Example("/nodes")]
    public async Task<CommandResult> ListAsync(CommandContext context)
    {
        var nodes = await diagnostics.ListNodesAsync(context.Aborted);
        return Listing.Of(nodes, node => DiagnosticsTexts.Node(context, node), ToJson).ToCaller(context, nodes.Count);
    }

    private static JsonObject ToJson(NodeSummary node) => new()
    {
        ["node"] = node.Name,
        ["version"] = node.Version,
        ["started"] = JsonTimes.Of(node.Started),
        ["serves"] = node.Load is not null,
        ["sessions"] = node.Load?.Sessions,
        ["rooms"] = node.Load?.Rooms,
        ["plugins"] = node.Load?.Plugins,
        ["cores"] = node.Load?.Cores,
    };
}
