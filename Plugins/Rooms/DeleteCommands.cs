namespace Chat.Plugins.Rooms;

/// <summary>Deletes rooms.</summary>
[CommandGroup("sala"), Alias("room", "en"), Audit]
internal sealed class DeleteCommands(IRooms rooms)
{
    /// <summary>
    /// Apaga uma sala com todas as mensagens, e tira todo mundo dela.
    /// <para xml:lang="en">Deletes a room with all its messages, and takes everybody out of it.</para>
    /// </summary>
    [Command("apagar"), Alias("delete", "en"), Permission("room.delete", DefaultRole = Role.Moderator), Confirm]
    [Example("/sala apagar jogos"), Example("/room delete games")]
    public async Task<CommandResult> DeleteAsync(CommandContext context, [Alias("room", "en")] Room sala)
    {
        await rooms.DeleteAsync(sala, context.Aborted);
        return Texts.Deleted(context, sala);
    }
}
