using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Moderation;

/// <summary>Out of the chat, for a time or until it is taken back.</summary>
internal sealed class BanCommands(IModeration moderation)
{
    private const string Permission = "user.ban";

    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<BanCommands>();
        plugin.Command("ban", (context, scope, values) =>
                scope.GetRequiredService<BanCommands>().BanAsync(context, values.Get<User>(0), values.Get<BanTime>(1), values.Get<string>(2)))
            .Alias("banir").Permission(Permission, Role.Moderator).RateLimit(20, perSeconds: 60).Audit()
            .Summary("pt-BR", "Bane alguém do servidor; sem duração, até desbanir.").Summary("en", "Bans somebody from the server; without a duration until unbanned.")
            .Argument("usuário", ParameterType.User, p => p with { Outranked = true }).Timed().Reasoned()
            .Example("/ban bia").Example("/ban bia 7d propaganda").Example("/ban bia sempre propaganda");
        plugin.Command("ban rede", (context, scope, values) =>
                scope.GetRequiredService<BanCommands>().BanNetworkAsync(context, values.Get<string>(0), values.Get<BanTime>(1), values.Get<string>(2)))
            .Alias("ban network", "en").Alias("banir rede").Permission("network.ban", Role.Moderator).RateLimit(20, perSeconds: 60).Audit()
            .Summary("pt-BR", "Bane um endereço ou uma rede.").Summary("en", "Bans an address or a network.")
            .Argument("rede", ParameterType.Text).Timed().Reasoned()
            .Example("/ban rede 203.0.113.0/24 1d");
        plugin.Command("desbanir", (context, scope, values) => scope.GetRequiredService<BanCommands>().UnbanAsync(context, values.Get<string>(0)))
            .Alias("unban", "en").Permission(Permission, Role.Moderator).Audit()
            .Summary("pt-BR", "Retira o banimento de alguém ou de uma rede.").Summary("en", "Takes back the ban of somebody or of a network.")
            .Argument("alvo", ParameterType.Text)
            .Example("/desbanir bia").Example("/desbanir 203.0.113.0/24");
    }

    private async ValueTask<CommandResult> BanAsync(CommandContext context, User user, BanTime time, string reason)
    {
        await moderation.BanAsync(user, time.Length, reason, context.Aborted);
        return Texts.Banned(context, user.Name, time);
    }

    private async ValueTask<CommandResult> BanNetworkAsync(CommandContext context, string network, BanTime time, string reason)
    {
        await moderation.BanNetworkAsync(network, time.Length, reason, context.Aborted);
        return Texts.Banned(context, network, time);
    }

    private async ValueTask<CommandResult> UnbanAsync(CommandContext context, string target) =>
        await moderation.UnbanAsync(target, context.Aborted) ? Texts.Unbanned(context, target) : CommandResult.Refuse("bad_arguments", Texts.NotBanned(context, target));
}

file static class BanParameters
{
    public static CommandBuilder Timed(this CommandBuilder command) =>
        command.Argument("duração", ParameterType.Parsable<BanTime>("duration"), p => p with { Required = false });
}
