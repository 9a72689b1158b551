namespace Chat.Plugins.Moderation;

/// <summary>Blocks and unblocks words.</summary>
[CommandGroup("palavra"), Alias("word", "en"), Permission("room.words", DefaultRole = Role.Moderator)]
internal sealed class WordCommands(WordList words)
{
    /// <summary>Bloqueia mensagens que contêm uma palavra.<para xml:lang="en">Blocks messages that contain a word.</para></summary>
    [Command("bloquear"), Alias("block", "en"), Audit, Example("/palavra bloquear spam"), Example("/word block spam")]
    public async Task<CommandResult> BlockAsync(CommandContext context, [Length(WordList.Longest), Alias("word", "en")] string palavra)
    {
        if (Words.Single(palavra) is not { } word) return CommandResult.Refuse("bad_arguments", FilterTexts.OneWord(context));
        return await words.BlockAsync(word, context.Aborted)
            ? FilterTexts.Blocked(context, word)
            : CommandResult.Refuse("quota_exceeded", FilterTexts.TooManyWords(context));
    }

    /// <summary>Libera uma palavra bloqueada.<para xml:lang="en">Unblocks a word.</para></summary>
    [Command("liberar"), Alias("allow", "en"), Audit, Example("/palavra liberar spam"), Example("/word allow spam")]
    public async Task<CommandResult> AllowAsync(
        CommandContext context, [Length(WordList.Longest), Suggest<BlockedWords>, Alias("word", "en")] string palavra)
    {
        if (Words.Single(palavra) is not { } word) return CommandResult.Refuse("bad_arguments", FilterTexts.OneWord(context));
        return await words.AllowAsync(word, context.Aborted)
            ? FilterTexts.Allowed(context, word)
            : CommandResult.Refuse("bad_arguments", FilterTexts.NotBlocked(context, word));
    }

    /// <summary>Mostra as palavras bloqueadas.<para xml:lang="en">Shows the blocked words.</para></summary>
    [Command("listar"), Alias("list", "en"), Example("/palavra listar"), Example("/word list")]
    public async Task<CommandResult> ListAsync(CommandContext context) =>
        FilterTexts.BlockedWords(context, [.. (await words.ReadAsync(context.Aborted)).Keys]);
}
