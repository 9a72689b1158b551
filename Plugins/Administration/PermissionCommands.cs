using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Administration;

/// <summary>Shows and decides which role has which permission, everywhere or in one room.</summary>
internal sealed class PermissionCommands(IPermissions permissions)
{
    private const string Permission = "permission.set";

    /// <summary>Rules of one answer: more than anybody reads; a longer beginning shows the others.</summary>
    private const int Most = 200;

    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<PermissionCommands>();
        plugin.Command("permissao listar", (context, scope, values) => scope.GetRequiredService<PermissionCommands>().ListAsync(context, values.Get<string>(0)))
            .Alias("permission list", "en").Permission("permission.list", Role.Admin)
            .Summary("pt-BR", "Mostra que papel tem cada permissão.").Summary("en", "Shows which role has each permission.")
            .Argument("prefixo", ParameterType.Text, p => p with { Required = false, Default = "", Aliases = [new("prefix", "en")] })
            .Example("/permissao listar").Example("/permissao listar room.").Example("/permission list room.");
        plugin.Command("permissao dar", (context, scope, values) =>
                scope.GetRequiredService<PermissionCommands>().SetAsync(context, values.Get<string>(0), RoleWords.Parse(values.Get<string>(1)), values.Get<Room?>(2)))
            .Alias("permission set", "en").Permission(Permission, Role.Admin).Audit()
            .Summary("pt-BR", "Dá uma permissão a um papel e aos que estão acima dele.").Summary("en", "Gives a permission to a role and those above it.")
            .Argument("permissão", ParameterType.Text, p => p with { Aliases = [new("permission", "en")], Suggest = SuggestAsync })
            .Argument("papel", ParameterType.Text, p => p with { Choices = RoleWords.All, Aliases = [new("role", "en")] })
            .Option("sala", ParameterType.Room, InRoom)
            .Example("/permissao dar room.kick membro").Example("/permissao dar message.send membro --sala avisos").Example("/permission set message.send member --room news");
        plugin.Command("permissao voltar", (context, scope, values) =>
                scope.GetRequiredService<PermissionCommands>().ResetAsync(context, values.Get<string>(0), values.Get<Room?>(1)))
            .Alias("permission reset", "en").Permission(Permission, Role.Admin).Audit()
            .Summary("pt-BR", "Volta ao que as configurações e o comando dizem.").Summary("en", "Goes back to what the settings and the command say.")
            .Argument("permissão", ParameterType.Text, p => p with { Aliases = [new("permission", "en")], Suggest = SuggestAsync })
            .Option("sala", ParameterType.Room, InRoom)
            .Example("/permissao voltar room.kick").Example("/permission reset message.send --room news");
    }

    private async ValueTask<CommandResult> ListAsync(CommandContext context, string prefix)
    {
        var rules = (await permissions.ListAsync(context.Aborted)).Where(r => r.Permission.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).ToList();
        if (rules.Count == 0) return CommandResult.Refuse("bad_arguments", Texts.NoPermissions(context));
        var lines = rules.Take(Most).Select(r => Texts.PermissionRule(context, r)).ToList();
        if (rules.Count > Most) lines.Add(Texts.More(context, rules.Count - Most));
        var data = rules.Take(Most).Select(r => (JsonNode)new JsonObject
        {
            ["permission"] = r.Permission, ["room"] = r.Room?.Name, ["role"] = Enum.IsDefined(r.Lowest) ? RoleWords.In("en", r.Lowest) : null, ["source"] = r.Source,
        });
        return CommandResult.ToCaller(string.Join('\n', lines), new JsonArray([.. data]));
    }

    private async ValueTask<CommandResult> SetAsync(CommandContext context, string permission, Role lowest, Room? room)
    {
        await permissions.SetAsync(permission, lowest, room, context.Aborted);
        return Texts.PermissionGiven(context, permission, lowest, room);
    }

    private async ValueTask<CommandResult> ResetAsync(CommandContext context, string permission, Room? room) =>
        await permissions.ResetAsync(permission, room, context.Aborted) ? Texts.PermissionReset(context, permission, room) : CommandResult.Refuse("bad_arguments", Texts.NothingDecided(context, permission, room));

    private static ParameterDescriptor InRoom(ParameterDescriptor room) => room with { Aliases = [new("room", "en")] };

    private static async ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext context, IServiceProvider scope, string typed)
    {
        var rules = await scope.GetRequiredService<IPermissions>().ListAsync(context.Aborted);
        return [.. rules.Select(r => r.Permission).Distinct().Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))];
    }
}
