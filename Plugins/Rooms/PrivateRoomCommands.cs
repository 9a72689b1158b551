using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Rooms;

/// <summary>Rooms that only those who are invited know of.</summary>
internal sealed class PrivateRoomCommands(IRooms rooms)
{
    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<PrivateRoomCommands>();
        plugin.Command("privada", (context, scope, values) => scope.GetRequiredService<PrivateRoomCommands>().CreateAsync(context, values.Get<string>(0)))
            .Alias("private", "en").Permission("room.create")
            .Summary("pt-BR", "Cria uma sala privada, que é sua.").Summary("en", "Creates a private room, which is yours.")
            .Argument("sala", ParameterType.Text)
            .Example("/privada planos");
        plugin.Command("convidar", (context, scope, values) => scope.GetRequiredService<PrivateRoomCommands>().InviteAsync(context, values.Get<User>(0)))
            .Alias("invite", "en").OnlyIn(Where.Room).RateLimit(10, perSeconds: 60)
            .Summary("pt-BR", "Convida alguém para esta sala privada.").Summary("en", "Invites somebody into this private room.")
            .Argument("usuário", ParameterType.User)
            .Example("/convidar bia");
    }

    private async ValueTask<CommandResult> CreateAsync(CommandContext context, string name) =>
        Texts.PrivateCreated(context, await rooms.CreatePrivateAsync(name, context.Aborted));

    private async ValueTask<CommandResult> InviteAsync(CommandContext context, User user)
    {
        await rooms.InviteAsync(context.Here, user, context.Aborted);
        return Texts.Invited(context, context.Here, user);
    }
}
