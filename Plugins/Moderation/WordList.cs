using System.Collections.Immutable;

namespace Chat.Plugins.Moderation;

/// <summary>The blocked words, folded.</summary>
internal sealed class WordList(IStorage storage, IFilterSwitch filters) : IDisposable
{
    /// <summary>All words must fit into one answer.</summary>
    public const int Most = 500, Longest = 64;

    private readonly StoredTable stored = new(storage, "word:", any =>
    {
        if (any) filters.Enable<WordFilter>();
        else filters.Disable<WordFilter>();
    });

    public ValueTask<ImmutableSortedDictionary<string, string>> ReadAsync(CancellationToken cancellation) => stored.ReadAsync(cancellation);

    /// <returns>False if the list is full.</returns>
    public Task<bool> BlockAsync(string word, CancellationToken cancellation) => stored.ChangeAsync(word, "", Most, cancellation);

    /// <returns>False if the word was not blocked.</returns>
    public Task<bool> AllowAsync(string word, CancellationToken cancellation) => stored.ChangeAsync(word, null, Most, cancellation);

    public void Dispose() => stored.Dispose();
}
