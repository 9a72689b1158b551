namespace Chat.Plugins.Rooms;

/// <summary>
/// Shows and sets how long a room keeps its messages. Every member may see it. The daemon also lets the owner of a private room change it.
/// </summary>
[CommandGroup("retencao"), Alias("retention", "en"), OnlyIn(Where.Room)]
internal sealed class RetentionCommands(IRooms rooms)
{
    /// <summary>
    /// Mostra por quanto tempo a sala guarda as mensagens.
    /// <para xml:lang="en">Shows how long the room keeps its messages.</para>
    /// </summary>
    [Command("ver"), Alias("show", "en"), Example("/retencao ver"), Example("/retention show")]
    public async Task<CommandResult> ShowAsync(CommandContext context) =>
        Texts.Retention(context, context.RequiredRoom, await rooms.GetRetentionAsync(context.RequiredRoom, context.Aborted));

    /// <summary>
    /// Guarda as mensagens da sala por tantos dias e apaga as mais antigas; 0 guarda para sempre.
    /// <para xml:lang="en">Keeps the room's messages for so many days and removes older ones; 0 keeps them forever.</para>
    /// </summary>
    [Command("dias"), Alias("days", "en"), Permission("room.retention", DefaultRole = Role.Moderator), Audit, Confirm]
    [Example("/retencao dias 30"), Example("/retention days 30")]
    public async Task<CommandResult> SetDaysAsync(CommandContext context, [Range(0, 36_500), Alias("days", "en")] int dias) =>
        await SetAsync(context, now => (dias, now.HasOwnMessages ? now.Messages : null));

    /// <summary>
    /// Guarda só as últimas mensagens da sala e apaga as outras; 0 guarda todas.
    /// <para xml:lang="en">Keeps only the room's newest messages and removes the others; 0 keeps all.</para>
    /// </summary>
    [Command("mensagens"), Alias("messages", "en"), Permission("room.retention", DefaultRole = Role.Moderator), Audit, Confirm]
    [Example("/retencao mensagens 1000"), Example("/retention messages 1000")]
    public async Task<CommandResult> SetMessagesAsync(
        CommandContext context, [Range(0, 1_000_000_000), Alias("messages", "en")] int mensagens) =>
        await SetAsync(context, now => (now.HasOwnDays ? now.Days : null, mensagens));

    /// <summary>
    /// Volta aos limites do servidor.
    /// <para xml:lang="en">Goes back to the daemon's limits.</para>
    /// </summary>
    [Command("padrao"), Alias("default", "en"), Permission("room.retention", DefaultRole = Role.Moderator), Audit, Confirm]
    [Example("/retencao padrao"), Example("/retention default")]
    public async Task<CommandResult> ResetAsync(CommandContext context) => await SetAsync(context, _ => (null, null));

    private async Task<CommandResult> SetAsync(CommandContext context, Func<Retention, (int? Days, int? Messages)> change)
    {
        var room = context.RequiredRoom;
        var (days, messages) = change(await rooms.GetRetentionAsync(room, context.Aborted));
        await rooms.SetRetentionAsync(room, days, messages, context.Aborted);
        return Texts.Retention(context, room, await rooms.GetRetentionAsync(room, context.Aborted));
    }
}
