using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Moderation;

/// <summary>Silences somebody for a time, in this room or in all of them.</summary>
internal sealed class MuteCommands(IModeration moderation)
{
    private const string Permission = "room.mute";

    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<MuteCommands>();
        plugin.Command("mute", (context, scope, values) =>
                scope.GetRequiredService<MuteCommands>().MuteAsync(context, values.Get<User>(0), values.Get<TimeSpan>(1), PlaceOf(context, values.Get<bool>(2)), values.Get<string>(3)))
            .Alias("silenciar").Permission(Permission, Role.Moderator).OnlyIn(Where.Room).RateLimit(20, perSeconds: 60).Audit()
            .Summary("pt-BR", "Cala alguém por um tempo, nesta sala ou em todas.").Summary("en", "Silences somebody for a time, in this room or in all of them.")
            .Argument("usuário", ParameterType.User, p => p with { Outranked = true })
            .Argument("duração", ParameterType.Duration, p => p with { Min = 1, Max = TimeSpan.FromDays(365).TotalSeconds })
            .Everywhere().Reasoned()
            .Example("/mute bia 10m").Example("/mute bia 1h --todas propaganda");
        plugin.Command("falar", (context, scope, values) =>
                scope.GetRequiredService<MuteCommands>().UnmuteAsync(context, values.Get<User>(0), PlaceOf(context, values.Get<bool>(1))))
            .Alias("unmute", "en").Permission(Permission, Role.Moderator).OnlyIn(Where.Room).Audit()
            .Summary("pt-BR", "Deixa alguém falar de novo.").Summary("en", "Lets somebody speak again.")
            .Argument("usuário", ParameterType.User, p => p with { Outranked = true }).Everywhere()
            .Example("/falar bia");
    }

    private static Room? PlaceOf(CommandContext context, bool everywhere) => everywhere ? null : context.Here;

    private async ValueTask<CommandResult> MuteAsync(CommandContext context, User user, TimeSpan duration, Room? room, string reason)
    {
        await moderation.MuteAsync(user, room, duration, reason, context.Aborted);
        return Texts.Muted(context, user, room, duration);
    }

    private async ValueTask<CommandResult> UnmuteAsync(CommandContext context, User user, Room? room) =>
        await moderation.UnmuteAsync(user, room, context.Aborted) ? Texts.Unmuted(context, user) : CommandResult.Refuse("bad_arguments", Texts.NotMuted(context, user));
}

file static class MuteParameters
{
    public static CommandBuilder Everywhere(this CommandBuilder command) => command.Flag("todas", p => p with
    {
        Summary = LocalText.None.With("pt-BR", "em todas as salas").With("en", "in all rooms"),
    });
}
