namespace Chat.Plugins.Welcome;

/// <summary>Shows and sets a room's welcome message.</summary>
[CommandGroup("boas-vindas"), Alias("welcome", "en"), Permission("room.welcome", DefaultRole = Role.Moderator)]
[OnlyIn(Where.Room), Audit]
internal sealed class WelcomeCommands(Greetings greetings, INotices notices)
{
    /// <summary>Mostra ou muda as boas-vindas da sala.<para xml:lang="en">Shows or changes the room's welcome message.</para></summary>
    [Command]
    [Example("/boas-vindas"), Example("/boas-vindas As regras estão no tópico."), Example("/welcome The rules are in the topic.")]
    public async Task<CommandResult> WelcomeAsync(
        CommandContext context, [Remainder, Length(500), Alias("text", "en")] string? texto = null)
    {
        if (texto is not { } text) return Texts.Shown(context, await greetings.OfAsync(context.RequiredRoom, context.Aborted));
        if (await notices.CheckAsync(context.RequiredRoom, text, context.Aborted) is { } passed)
            await greetings.SetAsync(context.RequiredRoom, passed, context.Aborted);
        return Texts.Shown(context, text);
    }

    /// <summary>Desliga as boas-vindas da sala.<para xml:lang="en">Turns off the room's welcome message.</para></summary>
    [Command("desligar"), Alias("off", "en"), Example("/boas-vindas desligar"), Example("/welcome off")]
    public async Task<CommandResult> EndAsync(CommandContext context) =>
        await greetings.RemoveAsync(context.RequiredRoom, context.Aborted)
            ? Texts.Shown(context, null)
            : CommandResult.Refuse("bad_arguments", Texts.Shown(context, null));
}
