namespace Chat.Plugins.Moderation;

/// <summary>Removes a user from the room. They may come back.</summary>
internal sealed class KickCommands(IModeration moderation)
{
    /// <summary>Tira alguém desta sala.<para xml:lang="en">Removes a user from this room.</para></summary>
    [Command("kick"), Alias("expulsar"), Permission("room.kick", DefaultRole = Role.Moderator)]
    [OnlyIn(Where.Room), RateLimit(20, perSeconds: 60), Audit]
    [Example("/kick bia"), Example("/kick bia spam")]
    public async Task<CommandResult> KickAsync(
        CommandContext context,
        [Outranked, Alias("user", "en")] User usuário,
        [Remainder, Length(200), Alias("reason", "en")] string motivo = "")
    {
        await moderation.KickAsync(context.RequiredRoom, usuário, motivo, context.Aborted);
        return Texts.Kicked(context, usuário);
    }
}
