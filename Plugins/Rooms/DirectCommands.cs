namespace Chat.Plugins.Rooms;

/// <summary>A message that only one other user sees.</summary>
internal sealed class DirectCommands(IMessages messages)
{
    /// <summary>Manda uma mensagem que só uma pessoa vê.<para xml:lang="en">Sends a message that one person alone sees.</para></summary>
    [Command("msg"), Permission("direct.send"), Example("/msg bia Você vem hoje?")]
    public async Task<CommandResult> SendAsync(CommandContext context, [Alias("user", "en")] User usuário, [Remainder, Alias("text", "en")] string texto)
    {
        await messages.SendAsync(usuário, texto, context.Aborted);
        return Texts.Sent(context, usuário);
    }
}
