namespace Chat.Plugins.Rooms;

/// <summary>Into a room, and out of it.</summary>
internal sealed class JoinCommands(IRooms rooms)
{
    /// <summary>Entra numa sala; se ela não existe, é criada.<para xml:lang="en">Joins a room; one that does not exist is created.</para></summary>
    [Command("entrar"), Alias("join", "en"), Permission("room.join")]
    [Example("/entrar jogos"), Example("/join games")]
    public async Task<CommandResult> JoinAsync(CommandContext context, [Suggest<RoomNames>, Alias("room", "en")] string sala) =>
        Texts.Joined(context, await rooms.JoinAsync(Plain(sala), context.Aborted));

    /// <summary>Sai desta sala, ou de outra.<para xml:lang="en">Leaves this room, or another one.</para></summary>
    [Command("sair"), Alias("leave", "en")]
    [Example("/sair"), Example("/sair jogos"), Example("/leave games")]
    public async Task<CommandResult> LeaveAsync(CommandContext context, [Alias("room", "en")] Room? sala = null)
    {
        if ((sala ?? context.Room) is not { } room) return Texts.NotInRoom(context);
        await rooms.LeaveAsync(room, context.Aborted);
        return Texts.Left(context, room);
    }

    /// <summary>Many write <c>#geral</c>, as they do where a room that exists is named.</summary>
    private static string Plain(string name) => name is ['#', _, ..] ? name[1..] : name;
}
