namespace Chat.Plugins.Rooms;

/// <summary>Shows and sets a room's topic. Every member may see it; the daemon decides who may change it.</summary>
internal sealed class TopicCommands(IRooms rooms)
{
    /// <summary>Mostra ou muda o tópico da sala.<para xml:lang="en">Shows or changes the room's topic.</para></summary>
    [Command("topico"), Alias("topic", "en"), OnlyIn(Where.Room)]
    [Example("/topico"), Example("/topico Versão nova no sábado"), Example("/topic New version on Saturday")]
    public async Task<CommandResult> TopicAsync(CommandContext context, [Remainder, Length(200), Alias("text", "en")] string? texto = null)
    {
        if (texto is null)
            return Texts.Topic(context, context.RequiredRoom, await rooms.GetTopicAsync(context.RequiredRoom, context.Aborted));
        await rooms.SetTopicAsync(context.RequiredRoom, texto, context.Aborted);
        return Texts.TopicSet(context, context.RequiredRoom, texto);
    }
}
