using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Moderation;

/// <summary>Out of the room, free to come back.</summary>
internal sealed class KickCommands(IModeration moderation)
{
    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<KickCommands>();
        plugin.Command("kick", (context, scope, values) => scope.GetRequiredService<KickCommands>().KickAsync(context, values.Get<User>(0), values.Get<string>(1)))
            .Alias("expulsar").Permission("room.kick", Role.Moderator).OnlyIn(Where.Room).RateLimit(20, perSeconds: 60).Audit()
            .Summary("pt-BR", "Tira alguém desta sala.").Summary("en", "Removes somebody from this room.")
            .Argument("usuário", ParameterType.User, p => p with { Outranked = true })
            .Reasoned()
            .Example("/kick bia").Example("/kick bia propaganda");
    }

    private async ValueTask<CommandResult> KickAsync(CommandContext context, User user, string reason)
    {
        await moderation.KickAsync(context.Here, user, reason, context.Aborted);
        return Texts.Kicked(context, user);
    }
}
