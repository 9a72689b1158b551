using System.Text.Json.Nodes;

namespace Chat.Plugins.Administration;

/// <summary>Lists all plugins, with the reason if one does not run, and reloads, disables, enables and rolls back one.</summary>
[CommandGroup("plugins")]
internal sealed class PluginCommands(IPlugins plugins)
{
    // Milliseconds: a plugin may need a while to start.
    private const int StartDeadline = 30_000;

    private const string Manage = "plugin.manage";

    /// <summary>Mostra os plugins e o estado de cada um.<para xml:lang="en">Shows the plugins and their states.</para></summary>
    [Command, Permission("plugin.list", DefaultRole = Role.Admin)]
    public CommandResult List(CommandContext context)
    {
        var all = plugins.All;
        return CommandResult.ToCaller(
            string.Join('\n', all.Select(p => Texts.Plugin(context, p))), new JsonArray([.. all.Select(p => (JsonNode)ToJson(p))]));
    }

    /// <summary>Recarrega um plugin a partir dos arquivos.<para xml:lang="en">Reloads a plugin from its files.</para></summary>
    [Command("recarregar"), Alias("reload", "en"), Permission(Manage, DefaultRole = Role.Admin), Deadline(StartDeadline), Audit]
    public async Task<CommandResult> ReloadAsync(
        CommandContext context, [Length(64), Suggest<PluginNames>, Alias("name", "en")] string nome) =>
        Answer(context, await plugins.ReloadAsync(nome, context.Aborted));

    /// <summary>
    /// Desativa um plugin até ser ativado de novo.<para xml:lang="en">Disables a plugin until it is enabled again.</para>
    /// </summary>
    [Command("desativar"), Alias("disable", "en"), Permission(Manage, DefaultRole = Role.Admin), Deadline(StartDeadline), Audit]
    public async Task<CommandResult> DisableAsync(
        CommandContext context, [Length(64), Suggest<PluginNames>, Alias("name", "en")] string nome) =>
        Answer(context, await plugins.DisableAsync(nome, context.Aborted));

    /// <summary>Ativa um plugin desativado ou em quarentena.<para xml:lang="en">Enables a disabled or quarantined plugin.</para></summary>
    [Command("ativar"), Alias("enable", "en"), Permission(Manage, DefaultRole = Role.Admin), Deadline(StartDeadline), Audit]
    public async Task<CommandResult> EnableAsync(
        CommandContext context, [Length(64), Suggest<PluginNames>, Alias("name", "en")] string nome) =>
        Answer(context, await plugins.EnableAsync(nome, context.Aborted));

    /// <summary>Volta à versão anterior de um plugin.<para xml:lang="en">Goes back to the previous version of a plugin.</para></summary>
    [Command("reverter"), Alias("rollback", "en"), Permission(Manage, DefaultRole = Role.Admin), Deadline(StartDeadline), Audit]
    public async Task<CommandResult> RollbackAsync(
        CommandContext context, [Length(64), Suggest<PluginNames>, Alias("name", "en")] string nome) =>
        Answer(context, await plugins.RollbackAsync(nome, context.Aborted));

    /// <summary>
    /// Mostra as trocas de versão desde o início do servidor.
    /// <para xml:lang="en">Shows the changes of versions since the daemon started.</para>
    /// </summary>
    [Command("trocas"), Alias("swaps", "en"), Permission("plugin.list", DefaultRole = Role.Admin)]
    public CommandResult Swaps(CommandContext context)
    {
        var all = plugins.Swaps;
        if (all.Count == 0) return Texts.NoAudit(context);
        return Listing.Of(all, swap => DiagnosticsTexts.Swap(context, swap), ToJson).ToCaller(context, all.Count);
    }

    /// <summary>
    /// Mostra os filtros e os manipuladores dos plugins, com o tempo que tomaram.
    /// <para xml:lang="en">Shows the plugins' filters and event handlers, and the time they took.</para>
    /// </summary>
    [Command("filtros"), Alias("hooks", "en"), Permission("plugin.list", DefaultRole = Role.Admin)]
    public CommandResult Hooks(CommandContext context)
    {
        var all = plugins.Hooks;
        if (all.Count == 0) return Texts.NoAudit(context);
        return Listing.Of(all, hook => DiagnosticsTexts.Hook(context, hook), ToJson).ToCaller(context, all.Count);
    }

    private static JsonObject ToJson(PluginSwapSummary swap) => new()
    {
        ["at"] = JsonTimes.Of(swap.At),
        ["plugin"] = swap.Plugin,
        ["outcome"] = swap.Outcome,
        ["before"] = swap.Before,
        ["after"] = swap.After,
        ["milliseconds"] = (long)swap.Duration.TotalMilliseconds,
        ["reason"] = swap.Reason,
    };

    private static JsonObject ToJson(HookSummary hook) => new()
    {
        ["plugin"] = hook.Plugin,
        ["hook"] = hook.Hook,
        ["filter"] = hook.IsFilter,
        ["calls"] = new JsonObject(hook.Calls.Where(c => c.Value > 0).Select(c => KeyValuePair.Create<string, JsonNode?>(c.Key, c.Value))),
        ["milliseconds"] = Math.Round(hook.TotalTime.TotalMilliseconds, 3),
        ["waiting"] = hook.Waiting,
    };

    private static CommandResult Answer(CommandContext context, PluginSummary plugin) =>
        CommandResult.ToCaller(Texts.Plugin(context, plugin), ToJson(plugin));

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
