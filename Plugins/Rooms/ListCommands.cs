using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Rooms;

/// <summary>Which rooms there are, and who is in them.</summary>
internal sealed class ListCommands(IRooms rooms)
{
    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddScoped<ListCommands>();
        plugin.Command("quem", (context, scope, values) => scope.GetRequiredService<ListCommands>().MembersAsync(context, values.Get<Room?>(0)))
            .Alias("who", "en")
            .Summary("pt-BR", "Mostra quem está nesta sala, ou noutra.").Summary("en", "Shows who is in this room, or in another one.")
            .Argument("sala", ParameterType.Room, p => p with { Required = false })
            .Example("/quem").Example("/quem jogos");
        plugin.Command("salas", (context, scope, _) => scope.GetRequiredService<ListCommands>().RoomsAsync(context))
            .Alias("rooms", "en")
            .Summary("pt-BR", "Mostra as salas.").Summary("en", "Shows the rooms.");
    }

    private async ValueTask<CommandResult> MembersAsync(CommandContext context, Room? named)
    {
        if ((named ?? context.Room) is not { } room) return Texts.NotInRoom(context);
        var members = await rooms.MembersAsync(room, context.Aborted);
        var data = members.Select(m => (JsonNode)new JsonObject { ["user"] = m.Name, ["role"] = m.Role.ToString().ToLowerInvariant() });
        return CommandResult.ToCaller(Texts.Members(context, room, members), new JsonArray([.. data]));
    }

    private async ValueTask<CommandResult> RoomsAsync(CommandContext context)
    {
        var all = await rooms.ListAsync(context.Aborted);
        if (all.Count == 0) return Texts.NoRooms(context);
        var data = all.Select(r => (JsonNode)new JsonObject { ["room"] = r.Room.Name, ["topic"] = r.Topic, ["members"] = r.Members, ["private"] = r.Room.IsPrivate });
        return CommandResult.ToCaller(string.Join('\n', all.Select(r => Texts.Room(context, r))), new JsonArray([.. data]));
    }
}
