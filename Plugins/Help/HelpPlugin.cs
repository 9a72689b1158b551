using Microsoft.Extensions.DependencyInjection;

[assembly: Chat.ChatPlugin(Id = "help")]

namespace Chat.Plugins.Help;

/// <summary>Shows what one can do here. The smallest of the shipped plugins, there to be copied.</summary>
public sealed class HelpPlugin : IChatPlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        plugin.Command("ajuda", Help).Alias("help", "en")
            .Summary("pt-BR", "Mostra os comandos, ou um deles em detalhe.").Summary("en", "Shows the commands, or one of them in detail.")
            .Remainder("comando", p => p with { Required = false, MaxLength = 64 })
            .Example("/ajuda").Example("/ajuda entrar");
        plugin.Command("explicar", Explain).Alias("explain", "en")
            .Summary("pt-BR", "Diz o que uma linha faria, sem fazer nada.").Summary("en", "Says what a line would do, without doing anything.")
            .Remainder("linha", p => p with { Aliases = [new("line", "en")] })
            .Example("/explicar /entrar jogos").Example("/explain /join games");
    }

    private static ValueTask<CommandResult> Help(CommandContext context, IServiceProvider scope, ArgumentValues arguments)
    {
        var help = scope.GetRequiredService<IHelp>();
        var command = arguments.Get<string?>(0);
        return ValueTask.FromResult(command is null ? help.Overview(context) : help.About(context, command) ?? Unknown(context));
    }

    private static ValueTask<CommandResult> Explain(CommandContext context, IServiceProvider scope, ArgumentValues arguments) =>
        scope.GetRequiredService<IHelp>().ExplainAsync(context, arguments.Get<string>(0));

    private static CommandResult Unknown(CommandContext context) => CommandResult.Refuse("no_such_command", UnknownText.In(context.Language));

    private static readonly LocalText UnknownText = LocalText.None
        .With("pt-BR", "Não há comando com esse nome para você. Veja todos com /ajuda.")
        .With("en", "There is no command of that name for you. See all with /help.");
}
