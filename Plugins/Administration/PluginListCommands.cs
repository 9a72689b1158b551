using System.Text.Json.Nodes;

namespace Chat.Plugins.Administration;

/// <summary>Lists the plugins; to look is another permission than to change.</summary>
internal sealed class PluginListCommands(IPlugins plugins)
{
    /// <summary>Mostra os plugins e em que estado estão.<para xml:lang="en">Shows the plugins and what state they are in.</para></summary>
    [Command("plugins"), Permission("plugin.list", DefaultRole = Role.Admin)]
    public CommandResult List(CommandContext context)
    {
        var all = plugins.All;
        return CommandResult.ToCaller(string.Join('\n', all.Select(p => Texts.Plugin(context, p))), new JsonArray([.. all.Select(p => (JsonNode)PluginCommands.DataOf(p))]));
    }
}
