namespace Chat.Plugins.Moderation;

/// <summary>
/// Rejects a message with a blocked word, and names the word so that the sender can rephrase. It never changes a message under the
/// sender's name.
/// </summary>
internal sealed class WordFilter(WordList words) : IMessageFilter
{
    public async ValueTask<FilterVerdict> FilterAsync(Draft draft, CancellationToken cancellation)
    {
        var blocked = await words.ReadAsync(cancellation);
        return Words.In(draft.Text).FirstOrDefault(blocked.ContainsKey) is { } word
            ? FilterVerdict.Reject(FilterTexts.BlockedWord(draft, word))
            : FilterVerdict.Allow;
    }
}
