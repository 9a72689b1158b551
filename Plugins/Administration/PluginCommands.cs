using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Administration;

/// <summary>Lists the plugins, also those that do not run, and why; and what an admin may have done with one.</summary>
internal sealed class PluginCommands(IPlugins plugins)
{
    /// <summary>A plugin may take a while to start.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<PluginCommands>();
        plugin.Command("plugins", (context, scope, _) => ValueTask.FromResult(scope.GetRequiredService<PluginCommands>().List(context)))
            .Permission("plugin.list", Role.Admin)
            .Summary("pt-BR", "Mostra os plugins e em que estado estão.").Summary("en", "Shows the plugins and what state they are in.");
        Declare(plugin, "plugins recarregar", "plugins reload", (p, id, c) => p.ReloadAsync(id, c))
            .Summary("pt-BR", "Lê um plugin de novo e o reinicia.").Summary("en", "Reads a plugin again and starts it anew.");
        Declare(plugin, "plugins desativar", "plugins disable", (p, id, c) => p.DisableAsync(id, c))
            .Summary("pt-BR", "Tira um plugin de serviço, até que alguém o ative.").Summary("en", "Takes a plugin out of service, until somebody enables it.");
        Declare(plugin, "plugins ativar", "plugins enable", (p, id, c) => p.EnableAsync(id, c))
            .Summary("pt-BR", "Põe em serviço um plugin desativado ou em quarentena.").Summary("en", "Puts a plugin into service that is disabled or quarantined.");
        Declare(plugin, "plugins reverter", "plugins rollback", (p, id, c) => p.RollBackAsync(id, c))
            .Summary("pt-BR", "Volta à versão anterior de um plugin.").Summary("en", "Goes back to the version of a plugin before this one.");
    }

    private static CommandBuilder Declare(IPluginBuilder plugin, string name, string english, Func<IPlugins, string, CancellationToken, Task<PluginSummary>> order) =>
        plugin.Command(name, async (context, scope, values) =>
            {
                var now = await order(scope.GetRequiredService<IPlugins>(), values.Get<string>(0), context.Aborted);
                return CommandResult.ToCaller(Texts.Plugin(context, now), DataOf(now));
            })
            .Alias(english, "en").Argument("nome", ParameterType.Text, p => p with { MaxLength = 64 })
            .Permission("plugin.manage", Role.Admin).Deadline(Deadline).Audit();

    private CommandResult List(CommandContext context)
    {
        var all = plugins.All;
        return CommandResult.ToCaller(string.Join('\n', all.Select(p => Texts.Plugin(context, p))), new JsonArray([.. all.Select(p => (JsonNode)DataOf(p))]));
    }

    private static JsonObject DataOf(PluginSummary plugin) => new()
    {
        ["id"] = plugin.Id, ["version"] = plugin.Version, ["state"] = plugin.State, ["note"] = plugin.Note,
        ["invocations"] = plugin.Invocations, ["failures"] = plugin.Failures, ["milliseconds"] = (long)plugin.TotalTime.TotalMilliseconds, ["bypassed_hooks"] = plugin.BypassedHooks,
        ["collected"] = plugin.Collected, ["leaked"] = plugin.Leaked,
    };
}
