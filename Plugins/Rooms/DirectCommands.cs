namespace Chat.Plugins.Rooms;

/// <summary>Sends direct messages.</summary>
internal sealed class DirectCommands(IMessages messages)
{
    /// <summary>Manda uma mensagem direta.<para xml:lang="en">Sends a direct message.</para></summary>
    [Command("msg"), Permission("direct.send"), Example("/msg bia Você vem hoje?")]
    public async Task<CommandResult> SendAsync(
        CommandContext context, [Alias("user", "en")] User usuário, [Remainder, Alias("text", "en")] string texto)
    {
        await messages.SendAsync(usuário, texto, context.Aborted);
        return Texts.Sent(context, usuário);
    }
}
