namespace Chat.Plugins.Moderation;

/// <summary>Lists who is banned or muted.</summary>
internal sealed class ListCommands(IModeration moderation)
{
    /// <summary>Mostra quem está banido.<para xml:lang="en">Shows who is banned.</para></summary>
    [Command("bans"), Alias("banidos"), Permission("user.ban", DefaultRole = Role.Moderator)]
    [Example("/bans")]
    public async Task<CommandResult> BansAsync(CommandContext context) =>
        Texts.Bans(context, await moderation.ListBansAsync(context.Aborted));

    /// <summary>
    /// Mostra quem não pode escrever nesta sala ou em nenhuma.
    /// <para xml:lang="en">Shows who is muted in this room or in all rooms.</para>
    /// </summary>
    [Command("mutes"), Alias("silenciados"), Permission("room.mute", DefaultRole = Role.Moderator)]
    [Example("/mutes")]
    public async Task<CommandResult> MutesAsync(CommandContext context) =>
        Texts.Mutes(context, await moderation.ListMutesAsync(context.Room, context.Aborted));
}
