using System.Text.Json.Nodes;

namespace Chat.Plugins.Administration;

/// <summary>Lists the plugins, also those that were not taken, and why.</summary>
internal sealed class PluginCommands(IDaemonControl daemon)
{
    /// <summary>Mostra os plugins e em que estado estão.<para xml:lang="en">Shows the plugins and what state they are in.</para></summary>
    [Command("plugins"), Permission("plugin.list", DefaultRole = Role.Admin)]
    public CommandResult List(CommandContext context)
    {
        var plugins = daemon.Plugins;
        var lines = plugins.Select(p => $"{p.Id} {p.Version} — {Texts.State(context, p.State)}{(p.Note is null ? "" : $": {p.Note}")}");
        var data = plugins.Select(p => (JsonNode)new JsonObject { ["id"] = p.Id, ["version"] = p.Version, ["state"] = p.State, ["note"] = p.Note });
        return CommandResult.ToCaller(string.Join('\n', lines), new JsonArray([.. data]));
    }
}
