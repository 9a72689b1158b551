using System.Text.Json.Nodes;

namespace Chat.Plugins.Administration;

/// <summary>Shows and changes which role has which permission, everywhere or in one room.</summary>
[CommandGroup("permissao"), Alias("permission", "en"), Permission("permission.set", DefaultRole = Role.Admin)]
internal sealed class PermissionCommands(IPermissions permissions)
{
    /// <summary>The most rules in one answer. A longer prefix shows the others.</summary>
    private const int Most = 200;

    /// <summary>Mostra qual papel tem cada permissão.<para xml:lang="en">Shows which role has each permission.</para></summary>
    [Command("listar"), Alias("list", "en"), Permission("permission.list", DefaultRole = Role.Admin)]
    [Example("/permissao listar"), Example("/permissao listar room."), Example("/permission list room.")]
    public async Task<CommandResult> ListAsync(
        CommandContext context, [Suggest<PermissionNames>, Alias("prefix", "en")] string prefixo = "")
    {
        var rules = (await permissions.ListAsync(context.Aborted))
            .Where(r => r.Permission.StartsWith(prefixo, StringComparison.OrdinalIgnoreCase)).ToList();
        if (rules.Count == 0) return CommandResult.Refuse("bad_arguments", Texts.NoPermissions(context));
        var lines = rules.Take(Most).Select(r => Texts.PermissionRule(context, r)).ToList();
        if (rules.Count > Most) lines.Add(Listing.More(context, rules.Count - Most));
        var data = rules.Take(Most).Select(r => (JsonNode)new JsonObject
        {
            ["permission"] = r.Permission,
            ["room"] = r.Room?.Name,
            ["role"] = Enum.IsDefined(r.MinimumRole) ? r.MinimumRole.ToString().ToLowerInvariant() : null,
            ["source"] = r.Source,
        });
        return CommandResult.ToCaller(string.Join('\n', lines), new JsonArray([.. data]));
    }

    /// <summary>
    /// Dá uma permissão a um papel e aos papéis acima dele.
    /// <para xml:lang="en">Gives a permission to a role and the roles above it.</para>
    /// </summary>
    [Command("dar"), Alias("set", "en"), Audit]
    [Example("/permissao dar room.kick membro"), Example("/permissao dar message.send membro --sala avisos")]
    [Example("/permission set message.send member --room news")]
    public async Task<CommandResult> SetAsync(
        CommandContext context,
        [Suggest<PermissionNames>, Alias("permission", "en")] string permissão,
        [Alias("role", "en")] Role papel,
        [Option, Alias("room", "en")] Room? sala = null)
    {
        await permissions.SetAsync(permissão, papel, sala, context.Aborted);
        return Texts.PermissionGiven(context, permissão, papel, sala);
    }

    /// <summary>Restaura o padrão de uma permissão.<para xml:lang="en">Resets a permission to its default.</para></summary>
    [Command("voltar"), Alias("reset", "en"), Audit]
    [Example("/permissao voltar room.kick"), Example("/permission reset message.send --room news")]
    public async Task<CommandResult> ResetAsync(
        CommandContext context,
        [Suggest<PermissionNames>, Alias("permission", "en")] string permissão,
        [Option, Alias("room", "en")] Room? sala = null) =>
        await permissions.ResetAsync(permissão, sala, context.Aborted)
            ? Texts.PermissionReset(context, permissão, sala)
            : CommandResult.Refuse("bad_arguments", Texts.AlreadyDefault(context, permissão, sala));
}
