namespace Chat.Plugins.Help;

/// <summary>Shows what one can do here.</summary>
internal sealed class HelpCommands(IHelp help)
{
    private static readonly LocalizedText Unknown = LocalizedText.None
        .With("pt-BR", "Não há comando com esse nome para você. Veja todos com /ajuda.")
        .With("en", "There is no command of that name for you. See all with /help.");

    /// <summary>Mostra os comandos, ou um deles em detalhe.<para xml:lang="en">Shows the commands, or one of them in detail.</para></summary>
    [Command("ajuda"), Alias("help", "en")]
    [Example("/ajuda"), Example("/ajuda entrar"), Example("/help"), Example("/help join")]
    public CommandResult Help(CommandContext context, [Remainder, Length(64), Alias("command", "en")] string? comando = null) =>
        comando is null ? help.Overview(context) : help.About(context, comando) ?? CommandResult.Refuse("no_such_command", Unknown.In(context.Language));

    /// <summary>Diz o que uma linha faria, sem fazer nada.<para xml:lang="en">Says what a line would do, without doing anything.</para></summary>
    [Command("explicar"), Alias("explain", "en")]
    [Example("/explicar /entrar jogos"), Example("/explain /join games")]
    public ValueTask<CommandResult> ExplainAsync(CommandContext context, [Remainder, Alias("line", "en")] string linha) => help.ExplainAsync(context, linha);
}
