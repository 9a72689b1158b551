namespace Chat.Plugins.Rooms;

/// <summary>Edits, deletes and reacts to messages of this room or direct conversation. The daemon decides who may.</summary>
internal sealed class ChangeCommands(IMessages messages)
{
    /// <summary>Troca o texto de uma mensagem sua.<para xml:lang="en">Replaces the text of a message of yours.</para></summary>
    [Command("editar"), Alias("edit", "en"), Permission("message.edit")]
    [Example("/editar 44 Olá, pessoal!"), Example("/edit 44 Hello, everybody!")]
    public async Task<CommandResult> EditAsync(
        CommandContext context, [Alias("message", "en")] long mensagem, [Remainder, Alias("text", "en")] string texto)
    {
        if (context.Room is { } room) await messages.EditAsync(room, mensagem, texto, context.Aborted);
        else if (context.Recipient is { } user) await messages.EditAsync(user, mensagem, texto, context.Aborted);
        else return Texts.NoConversation(context);
        return Texts.Edited(context, mensagem);
    }

    /// <summary>
    /// Apaga uma mensagem sua; a moderação também apaga as de outros.
    /// <para xml:lang="en">Deletes a message of yours; moderators delete those of others too.</para>
    /// </summary>
    [Command("apagar"), Alias("delete", "en"), Permission("message.delete.own")]
    [Example("/apagar 44"), Example("/delete 44")]
    public async Task<CommandResult> DeleteAsync(CommandContext context, [Alias("message", "en")] long mensagem)
    {
        if (context.Room is { } room) await messages.DeleteAsync(room, mensagem, context.Aborted);
        else if (context.Recipient is { } user) await messages.DeleteAsync(user, mensagem, context.Aborted);
        else return Texts.NoConversation(context);
        return Texts.MessageDeleted(context, mensagem);
    }

    /// <summary>
    /// Reage a uma mensagem com um emoji, ou retira a reação.
    /// <para xml:lang="en">Reacts to a message with an emoji, or takes the reaction back.</para>
    /// </summary>
    /// <param name="retirar">retira a reação<para xml:lang="en">takes the reaction back</para></param>
    [Command("reagir"), Alias("react", "en"), Permission("message.react")]
    [Example("/reagir 44 👍"), Example("/reagir 44 👍 --retirar"), Example("/react 44 👍 --remove")]
    public async Task<CommandResult> ReactAsync(
        CommandContext context, [Alias("message", "en")] long mensagem, string emoji, [Flag, Alias("remove", "en")] bool retirar)
    {
        if (context.Room is { } room) await messages.ReactAsync(room, mensagem, emoji, retirar, context.Aborted);
        else if (context.Recipient is { } user) await messages.ReactAsync(user, mensagem, emoji, retirar, context.Aborted);
        else return Texts.NoConversation(context);
        return Texts.Reacted(context, mensagem, emoji, retirar);
    }
}
