namespace Chat.Plugins.Moderation;

/// <summary>Suggests the blocked words.</summary>
internal sealed class BlockedWords(WordList words) : ISuggestions
{
    public async ValueTask<IReadOnlyList<string>> SuggestAsync(CommandContext context, string typed) =>
        [.. (await words.ReadAsync(context.Aborted)).Keys];
}
