namespace Chat.Plugins.Moderation;

/// <summary>Mutes a user for a time, in this room or in all rooms.</summary>
[Permission("room.mute", DefaultRole = Role.Moderator), OnlyIn(Where.Room), Audit]
internal sealed class MuteCommands(IModeration moderation)
{
    /// <summary>
    /// Silencia alguém por um tempo, nesta sala ou em todas.
    /// <para xml:lang="en">Mutes a user for a time, in this room or in all rooms.</para>
    /// </summary>
    /// <param name="todas">em todas as salas<para xml:lang="en">in all rooms</para></param>
    [Command("mute"), Alias("silenciar"), RateLimit(20, perSeconds: 60)]
    [Example("/mute bia 10m"), Example("/mute bia 1h --todas spam"), Example("/mute bia 1h --everywhere spam")]
    public async Task<CommandResult> MuteAsync(
        CommandContext context,
        [Outranked, Alias("user", "en")] User usuário,
        [Range("1s", "365d"), Alias("duration", "en")] TimeSpan duração,
        [Flag, Alias("everywhere", "en")] bool todas,
        [Remainder, Length(200), Alias("reason", "en")] string motivo = "")
    {
        await moderation.MuteAsync(usuário, RoomOf(context, todas), duração, motivo, context.Aborted);
        return Texts.Muted(context, usuário, RoomOf(context, todas), duração);
    }

    /// <summary>Permite que alguém volte a escrever.<para xml:lang="en">Unmutes a user.</para></summary>
    /// <param name="todas">em todas as salas<para xml:lang="en">in all rooms</para></param>
    [Command("falar"), Alias("unmute", "en")]
    [Example("/falar bia"), Example("/unmute bia")]
    public async Task<CommandResult> UnmuteAsync(
        CommandContext context, [Outranked, Alias("user", "en")] User usuário, [Flag, Alias("everywhere", "en")] bool todas) =>
        await moderation.UnmuteAsync(usuário, RoomOf(context, todas), context.Aborted)
            ? Texts.Unmuted(context, usuário)
            : CommandResult.Refuse("bad_arguments", Texts.NotMuted(context, usuário));

    private static Room? RoomOf(CommandContext context, bool everywhere) => everywhere ? null : context.RequiredRoom;
}
