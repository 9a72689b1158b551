using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Moderation;

/// <summary>Which words are not wanted here.</summary>
internal sealed class WordCommands(WordList words)
{
    private const string Permission = "room.words";

    public static void Declare(IPluginBuilder plugin)
    {
        plugin.Services.AddSingleton<WordList>().AddScoped<WordCommands>();
        plugin.Filter<WordFilter>();
        plugin.Command("palavra bloquear", (context, scope, values) => scope.GetRequiredService<WordCommands>().BlockAsync(context, values.Get<string>(0)))
            .Alias("word block", "en").Permission(Permission, Role.Moderator).Audit()
            .Summary("pt-BR", "Não aceita mais mensagens com a palavra.").Summary("en", "Accepts no more messages with the word.")
            .Argument("palavra", ParameterType.Text, p => p with { MaxLength = WordList.Longest })
            .Example("/palavra bloquear spam");
        plugin.Command("palavra liberar", (context, scope, values) => scope.GetRequiredService<WordCommands>().AllowAsync(context, values.Get<string>(0)))
            .Alias("word allow", "en").Permission(Permission, Role.Moderator).Audit()
            .Summary("pt-BR", "Aceita de novo mensagens com a palavra.").Summary("en", "Accepts messages with the word again.")
            .Argument("palavra", ParameterType.Text, p => p with { MaxLength = WordList.Longest })
            .Example("/palavra liberar spam");
        plugin.Command("palavra listar", (context, scope, _) => scope.GetRequiredService<WordCommands>().ListAsync(context))
            .Alias("word list", "en").Permission(Permission, Role.Moderator)
            .Summary("pt-BR", "Mostra as palavras bloqueadas.").Summary("en", "Shows the blocked words.")
            .Example("/palavra listar");
    }

    private async ValueTask<CommandResult> BlockAsync(CommandContext context, string text)
    {
        if (Words.Single(text) is not { } word) return CommandResult.Refuse("bad_arguments", FilterTexts.OneWord(context));
        return await words.BlockAsync(word, context.Aborted) ? FilterTexts.Blocked(context, word) : CommandResult.Refuse("quota_exceeded", FilterTexts.TooManyWords(context));
    }

    private async ValueTask<CommandResult> AllowAsync(CommandContext context, string text)
    {
        if (Words.Single(text) is not { } word) return CommandResult.Refuse("bad_arguments", FilterTexts.OneWord(context));
        return await words.AllowAsync(word, context.Aborted) ? FilterTexts.Allowed(context, word) : CommandResult.Refuse("bad_arguments", FilterTexts.NotBlocked(context, word));
    }

    private async ValueTask<CommandResult> ListAsync(CommandContext context) => FilterTexts.BlockedWords(context, [.. (await words.ReadAsync(context.Aborted)).Keys]);
}
