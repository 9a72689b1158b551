namespace Chat.Plugins.Moderation;

/// <summary>Rejects a message with a word that is not wanted here, and says which: whoever wrote it can say it differently. Nobody's words are changed under their name.</summary>
internal sealed class WordFilter(WordList words) : IMessageFilter
{
    public async ValueTask<FilterVerdict> FilterAsync(Draft draft, CancellationToken cancellation)
    {
        var blocked = await words.ReadAsync(cancellation);
        return Words.In(draft.Text).FirstOrDefault(blocked.ContainsKey) is { } word ? FilterVerdict.Reject(FilterTexts.BlockedWord(draft, word)) : FilterVerdict.Allow;
    }
}
