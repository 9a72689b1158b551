using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Rooms;

/// <summary>Into a room, and out of it.</summary>
internal sealed class JoinCommands(IRooms rooms)
{
    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<JoinCommands>();
        plugin.Command("entrar", (context, scope, values) => scope.GetRequiredService<JoinCommands>().JoinAsync(context, values.Get<string>(0)))
            .Alias("join", "en").Permission("room.join")
            .Summary("pt-BR", "Entra numa sala; se ela não existe, é criada.").Summary("en", "Joins a room; one that does not exist is created.")
            .Argument("sala", ParameterType.Text)
            .Example("/entrar jogos");
        plugin.Command("sair", (context, scope, values) => scope.GetRequiredService<JoinCommands>().LeaveAsync(context, values.Get<Room?>(0)))
            .Alias("leave", "en")
            .Summary("pt-BR", "Sai desta sala, ou de outra.").Summary("en", "Leaves this room, or another one.")
            .Argument("sala", ParameterType.Room, p => p with { Required = false })
            .Example("/sair").Example("/sair jogos");
    }

    private async ValueTask<CommandResult> JoinAsync(CommandContext context, string name) =>
        Texts.Joined(context, await rooms.JoinAsync(Plain(name), context.Aborted));

    /// <summary>Many write <c>#geral</c>, as they do where a room that exists is named.</summary>
    private static string Plain(string name) => name is ['#', _, ..] ? name[1..] : name;

    private async ValueTask<CommandResult> LeaveAsync(CommandContext context, Room? named)
    {
        if ((named ?? context.Room) is not { } room) return Texts.NotInRoom(context);
        await rooms.LeaveAsync(room, context.Aborted);
        return Texts.Left(context, room);
    }
}
