namespace Chat.Plugins.Moderation;

/// <summary>Deletes the newest messages of a user in this room. The daemon audits each one that is another user's.</summary>
[CommandGroup("apagar"), Alias("delete", "en")]
internal sealed class DeleteCommands(IMessages messages)
{
    /// <summary>
    /// Apaga as últimas mensagens de alguém nesta sala.
    /// <para xml:lang="en">Deletes the newest messages of a user in this room.</para>
    /// </summary>
    [Command("de"), Alias("from", "en"), Permission("message.delete", DefaultRole = Role.Moderator)]
    [OnlyIn(Where.Room), RateLimit(20, perSeconds: 60), Deadline(30_000)]
    [Example("/apagar de bia"), Example("/apagar de bia 20"), Example("/delete from bia 20")]
    public async Task<CommandResult> DeleteLatestAsync(
        CommandContext context,
        [Alias("user", "en")] User usuário,
        [Range(1, 100), Alias("count", "en")] int quantas = 1) =>
        Texts.DeletedMessages(
            context, usuário, await messages.DeleteLatestAsync(context.RequiredRoom, usuário, quantas, context.Aborted));
}
