using System.Text.Json.Nodes;

namespace Chat.Plugins.Administration;

/// <summary>Lists the plugins, also those that do not run, and why; and what an admin may have done with one.</summary>
[CommandGroup("plugins")]
internal sealed class PluginCommands(IPlugins plugins)
{
    // A plugin may take a while to start.
    private const int Patience = 30_000;

    private const string Manage = "plugin.manage";

    /// <summary>Mostra os plugins e em que estado estão.<para xml:lang="en">Shows the plugins and what state they are in.</para></summary>
    [Command, Permission("plugin.list", DefaultRole = Role.Admin)]
    public CommandResult List(CommandContext context)
    {
        var all = plugins.All;
        return CommandResult.ToCaller(string.Join('\n', all.Select(p => Texts.Plugin(context, p))), new JsonArray([.. all.Select(p => (JsonNode)ToJson(p))]));
    }

    /// <summary>Lê um plugin de novo e o reinicia.<para xml:lang="en">Reads a plugin again and starts it anew.</para></summary>
    [Command("recarregar"), Alias("reload", "en"), Permission(Manage, DefaultRole = Role.Admin), Deadline(Patience), Audit]
    public async Task<CommandResult> ReloadAsync(CommandContext context, [Length(64), Suggest<PluginNames>, Alias("name", "en")] string nome) =>
        Answer(context, await plugins.ReloadAsync(nome, context.Aborted));

    /// <summary>Tira um plugin de serviço, até que alguém o ative.<para xml:lang="en">Takes a plugin out of service, until somebody enables it.</para></summary>
    [Command("desativar"), Alias("disable", "en"), Permission(Manage, DefaultRole = Role.Admin), Deadline(Patience), Audit]
    public async Task<CommandResult> DisableAsync(CommandContext context, [Length(64), Suggest<PluginNames>, Alias("name", "en")] string nome) =>
        Answer(context, await plugins.DisableAsync(nome, context.Aborted));

    /// <summary>Põe em serviço um plugin desativado ou em quarentena.<para xml:lang="en">Puts a plugin into service that is disabled or quarantined.</para></summary>
    [Command("ativar"), Alias("enable", "en"), Permission(Manage, DefaultRole = Role.Admin), Deadline(Patience), Audit]
    public async Task<CommandResult> EnableAsync(CommandContext context, [Length(64), Suggest<PluginNames>, Alias("name", "en")] string nome) =>
        Answer(context, await plugins.EnableAsync(nome, context.Aborted));

    /// <summary>Volta à versão anterior de um plugin.<para xml:lang="en">Goes back to the version of a plugin before this one.</para></summary>
    [Command("reverter"), Alias("rollback", "en"), Permission(Manage, DefaultRole = Role.Admin), Deadline(Patience), Audit]
    public async Task<CommandResult> RollbackAsync(CommandContext context, [Length(64), Suggest<PluginNames>, Alias("name", "en")] string nome) =>
        Answer(context, await plugins.RollbackAsync(nome, context.Aborted));

    private static CommandResult Answer(CommandContext context, PluginSummary plugin) => CommandResult.ToCaller(Texts.Plugin(context, plugin), ToJson(plugin));

    private static JsonObject ToJson(PluginSummary plugin) => new()
    {
        ["id"] = plugin.Id,
        ["version"] = plugin.Version,
        ["state"] = plugin.State,
        ["note"] = plugin.Note,
        ["commands"] = new JsonArray([.. plugin.Commands.Select(c => (JsonNode)c)]),
        ["invocations"] = plugin.Invocations,
        ["failures"] = plugin.Failures,
        ["milliseconds"] = (long)plugin.TotalTime.TotalMilliseconds,
        ["bypassed_hooks"] = plugin.BypassedHooks,
        ["collected"] = plugin.Collected,
        ["leaked"] = plugin.Leaked,
    };
}
