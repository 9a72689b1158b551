using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Administration;

/// <summary>Lists the plugins, also those that were not taken, and why.</summary>
internal sealed class PluginCommands(IDaemonControl daemon)
{
    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<PluginCommands>();
        plugin.Command("plugins", (context, scope, _) => ValueTask.FromResult(scope.GetRequiredService<PluginCommands>().List(context)))
            .Permission("plugin.list", Role.Admin)
            .Summary("pt-BR", "Mostra os plugins e em que estado estão.").Summary("en", "Shows the plugins and what state they are in.");
    }

    private CommandResult List(CommandContext context)
    {
        var plugins = daemon.Plugins;
        var lines = plugins.Select(p => $"{p.Id} {p.Version} — {Texts.State(context, p.State)}{(p.Note is null ? "" : $": {p.Note}")}");
        var data = plugins.Select(p => (JsonNode)new JsonObject { ["id"] = p.Id, ["version"] = p.Version, ["state"] = p.State, ["note"] = p.Note });
        return CommandResult.ToCaller(string.Join('\n', lines), new JsonArray([.. data]));
    }
}
