using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Administration;

/// <summary>Makes accounts, or the invitations with which others make their own.</summary>
internal sealed class AccountCommands(IAccounts accounts)
{
    /// <summary>Hashing a password waits its turn.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<AccountCommands>();
        plugin.Command("conta criar", (context, scope, values) =>
                scope.GetRequiredService<AccountCommands>().CreateAsync(context, values.Get<string>(0), values.Get<string>(1), RoleWords.Parse(values.Get<string>(2))))
            .Alias("account create", "en").Permission("account.create", Role.Admin).Audit().Deadline(Deadline)
            .Summary("pt-BR", "Cria uma conta.").Summary("en", "Creates an account.")
            .Argument("nome", ParameterType.Text)
            .Argument("senha", ParameterType.Text, p => p with { Secret = true })
            .Argument("papel", ParameterType.Text, p => p with { Required = false, Default = "membro", Choices = RoleWords.Choices })
            .Example("/conta criar bia \"cavalo bateria grampo\" moderador");
        plugin.Command("conta convidar", (context, scope, values) => scope.GetRequiredService<AccountCommands>().InviteAsync(context, values.Get<TimeSpan>(0)))
            .Alias("account invite", "en").Permission("account.invite", Role.Admin).Audit()
            .Summary("pt-BR", "Faz um código com que uma pessoa cria a sua conta.").Summary("en", "Makes a code with which one person creates an account.")
            .Argument("validade", ParameterType.Duration, p => p with { Required = false, Default = TimeSpan.FromDays(7), Min = 60, Max = TimeSpan.FromDays(365).TotalSeconds })
            .Example("/conta convidar 2d");
    }

    private async ValueTask<CommandResult> CreateAsync(CommandContext context, string name, string password, Role role)
    {
        var created = await accounts.CreateAsync(name, password, role, context.Aborted);
        return Texts.AccountCreated(context, created);
    }

    private async ValueTask<CommandResult> InviteAsync(CommandContext context, TimeSpan validFor)
    {
        var code = await accounts.InviteAsync(validFor, context.Aborted);
        return Texts.Invited(context, code, validFor);
    }
}
