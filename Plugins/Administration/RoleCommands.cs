using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Administration;

/// <summary>Gives an account its role.</summary>
internal sealed class RoleCommands(IAccounts accounts)
{
    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<RoleCommands>();
        plugin.Command("papel", (context, scope, values) =>
                scope.GetRequiredService<RoleCommands>().SetAsync(context, values.Get<User>(0), RoleWords.Parse(values.Get<string>(1))))
            .Alias("role", "en").Permission("account.role", Role.Admin).Audit()
            .Summary("pt-BR", "Dá um papel a uma conta.").Summary("en", "Gives an account a role.")
            .Argument("usuário", ParameterType.User)
            .Argument("papel", ParameterType.Text, p => p with { Choices = RoleWords.Choices })
            .Example("/papel bia moderador").Example("/role bia moderator");
    }

    private async ValueTask<CommandResult> SetAsync(CommandContext context, User user, Role role)
    {
        await accounts.SetRoleAsync(user, role, context.Aborted);
        return Texts.RoleGiven(context, user, role);
    }
}
