namespace Chat.Plugins.Help;

/// <summary>Shows the commands that the caller may run.</summary>
internal sealed class HelpCommands(IHelp help)
{
    private static readonly LocalizedText Unknown = LocalizedText.None
        .With("pt-BR", "Comando desconhecido. Veja todos com /ajuda.")
        .With("en", "Unknown command. /help lists all of them.");

    /// <summary>
    /// Mostra todos os comandos, ou os detalhes de um.
    /// <para xml:lang="en">Shows all commands, or the details of one.</para>
    /// </summary>
    [Command("ajuda"), Alias("help", "en")]
    [Example("/ajuda"), Example("/ajuda entrar"), Example("/help"), Example("/help join")]
    public CommandResult Help(CommandContext context, [Remainder, Length(64), Alias("command", "en")] string? comando = null) =>
        comando is null
            ? help.Overview(context)
            : help.About(context, comando) ?? CommandResult.Refuse("no_such_command", Unknown.In(context.Language));

    /// <summary>
    /// Explica o que uma linha faria, sem executá-la.
    /// <para xml:lang="en">Explains what a line would do, without running it.</para>
    /// </summary>
    [Command("explicar"), Alias("explain", "en")]
    [Example("/explicar /entrar jogos"), Example("/explain /join games")]
    public ValueTask<CommandResult> ExplainAsync(CommandContext context, [Remainder, Alias("line", "en")] string linha) =>
        help.ExplainAsync(context, linha);
}
