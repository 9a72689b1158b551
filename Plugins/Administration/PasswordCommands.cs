using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Administration;

/// <summary>Changes one's own password; a guest has none.</summary>
internal sealed class PasswordCommands(IAccounts accounts)
{
    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<PasswordCommands>();
        plugin.Command("senha", (context, scope, values) =>
                scope.GetRequiredService<PasswordCommands>().ChangeAsync(context, values.Get<string>(0), values.Get<string>(1)))
            .Alias("password", "en").Permission("account.password", Role.Member).RateLimit(5, perSeconds: 60).Audit().Deadline(AccountCommands.Deadline)
            .Summary("pt-BR", "Troca a sua senha, e encerra as suas outras sessões.").Summary("en", "Changes your password, and ends your other sessions.")
            .Argument("atual", ParameterType.Text, p => p with { Secret = true })
            .Argument("nova", ParameterType.Text, p => p with { Secret = true });
    }

    private async ValueTask<CommandResult> ChangeAsync(CommandContext context, string current, string replacement)
    {
        await accounts.ChangePasswordAsync(current, replacement, context.Aborted);
        return Texts.PasswordChanged(context);
    }
}
