namespace Chat.Plugins.Moderation;

/// <summary>Bans users and networks, for a time or until they are unbanned.</summary>
[CommandGroup("ban"), Alias("banir"), RateLimit(20, perSeconds: 60), Audit]
internal sealed class BanCommands(IModeration moderation)
{
    /// <summary>
    /// Bane alguém do servidor; sem duração, até ser desbanido.
    /// <para xml:lang="en">Bans a user; without a duration, until unbanned.</para>
    /// </summary>
    [Command, Permission("user.ban", DefaultRole = Role.Moderator)]
    [Example("/ban bia"), Example("/ban bia 7d spam"), Example("/ban bia 1h30m spam")]
    public async Task<CommandResult> BanAsync(
        CommandContext context, [Outranked, Alias("user", "en")] User usuário, [Alias("duration", "en")] BanTime duração = default,
        [Remainder, Length(200), Alias("reason", "en")] string motivo = "")
    {
        await moderation.BanAsync(usuário, duração.Length, motivo, context.Aborted);
        return Texts.Banned(context, usuário.Name, duração);
    }

    /// <summary>Bane um endereço ou uma rede.<para xml:lang="en">Bans an address or a network.</para></summary>
    [Command("rede"), Alias("network", "en"), Permission("network.ban", DefaultRole = Role.Moderator)]
    [Example("/ban rede 203.0.113.0/24 1d"), Example("/ban network 203.0.113.0/24 1d")]
    public async Task<CommandResult> BanNetworkAsync(
        CommandContext context, [Alias("network", "en")] string rede, [Alias("duration", "en")] BanTime duração = default,
        [Remainder, Length(200), Alias("reason", "en")] string motivo = "")
    {
        await moderation.BanNetworkAsync(rede, duração.Length, motivo, context.Aborted);
        return Texts.Banned(context, rede, duração);
    }
}
