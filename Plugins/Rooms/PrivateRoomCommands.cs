namespace Chat.Plugins.Rooms;

/// <summary>Creates private rooms, which only invited users see.</summary>
internal sealed class PrivateRoomCommands(IRooms rooms)
{
    /// <summary>Cria uma sala privada.<para xml:lang="en">Creates a private room.</para></summary>
    [Command("privada"), Alias("private", "en"), Permission("room.create")]
    [Example("/privada planos"), Example("/private plans")]
    public async Task<CommandResult> CreateAsync(CommandContext context, [Alias("room", "en")] string sala) =>
        Texts.PrivateCreated(context, await rooms.CreatePrivateAsync(sala, context.Aborted));

    /// <summary>Convida alguém para esta sala privada.<para xml:lang="en">Invites a user to this private room.</para></summary>
    [Command("convidar"), Alias("invite", "en"), OnlyIn(Where.Room), RateLimit(10, perSeconds: 60)]
    [Example("/convidar bia"), Example("/invite bia")]
    public async Task<CommandResult> InviteAsync(CommandContext context, [Alias("user", "en")] User usuário)
    {
        await rooms.InviteAsync(context.RequiredRoom, usuário, context.Aborted);
        return Texts.Invited(context, context.RequiredRoom, usuário);
    }
}
