namespace Chat.Plugins.Moderation;

/// <summary>Shows and sets the slow mode of a room.</summary>
internal sealed class SlowCommands(SlowRooms rooms)
{
    /// <summary>
    /// Liga o modo lento: uma mensagem por pessoa a cada intervalo; 0s desliga.
    /// <para xml:lang="en">Turns on slow mode: one message per user in each interval; 0s turns it off.</para>
    /// </summary>
    [Command("lento"), Alias("slow", "en"), Permission("room.slow", DefaultRole = Role.Moderator), OnlyIn(Where.Room), Audit]
    [Example("/lento 10s"), Example("/lento 0s"), Example("/lento"), Example("/slow 10s")]
    public async Task<CommandResult> SlowAsync(CommandContext context, [Range("0s", "6h"), Alias("time", "en")] TimeSpan? tempo = null)
    {
        if (tempo is not { } pause) return FilterTexts.Pause(context, await rooms.PauseOfAsync(context.RequiredRoom, context.Aborted));
        return await rooms.SetAsync(context.RequiredRoom, pause, context.Aborted)
            ? FilterTexts.Pause(context, pause)
            : CommandResult.Refuse("quota_exceeded", FilterTexts.TooManySlowRooms(context));
    }
}
