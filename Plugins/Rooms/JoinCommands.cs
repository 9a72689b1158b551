namespace Chat.Plugins.Rooms;

/// <summary>Joins and leaves rooms.</summary>
internal sealed class JoinCommands(IRooms rooms)
{
    /// <summary>
    /// Entra numa sala, criando-a se não existir.
    /// <para xml:lang="en">Joins a room, and creates it if it does not exist.</para>
    /// </summary>
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

    /// <summary>Accepts <c>#geral</c> for a new room too, as for an existing one.</summary>
    private static string Plain(string name) => name is ['#', _, ..] ? name[1..] : name;
}
