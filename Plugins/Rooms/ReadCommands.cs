namespace Chat.Plugins.Rooms;

/// <summary>Marks messages as read. Only accounts have marks.</summary>
internal sealed class ReadCommands(IMessages messages)
{
    /// <summary>
    /// Marca as mensagens desta conversa como lidas, todas ou até uma delas.
    /// <para xml:lang="en">Marks the messages of this conversation as read, all of them or up to one.</para>
    /// </summary>
    [Command("lidas"), Alias("read", "en"), Permission("message.read", DefaultRole = Role.Member)]
    [Example("/lidas"), Example("/lidas 44"), Example("/read 44")]
    public async Task<CommandResult> ReadAsync(CommandContext context, [Alias("message", "en")] long? mensagem = null)
    {
        if (context.Room is { } room) return Texts.Read(context, await messages.MarkReadAsync(room, mensagem, context.Aborted));
        if (context.Recipient is { } user) return Texts.Read(context, await messages.MarkReadAsync(user, mensagem, context.Aborted));
        return Texts.NoConversation(context);
    }
}
