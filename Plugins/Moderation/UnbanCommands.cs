namespace Chat.Plugins.Moderation;

/// <summary>Removes bans.</summary>
internal sealed class UnbanCommands(IModeration moderation)
{
    /// <summary>Retira o banimento de um usuário ou de uma rede.<para xml:lang="en">Unbans a user or a network.</para></summary>
    [Command("desbanir"), Alias("unban", "en"), Permission("user.ban", DefaultRole = Role.Moderator), Audit]
    [Example("/desbanir bia"), Example("/desbanir 203.0.113.0/24"), Example("/unban bia")]
    public async Task<CommandResult> UnbanAsync(CommandContext context, [Alias("target", "en")] string alvo) =>
        await moderation.UnbanAsync(alvo, context.Aborted)
            ? Texts.Unbanned(context, alvo)
            : CommandResult.Refuse("bad_arguments", Texts.NotBanned(context, alvo));
}
