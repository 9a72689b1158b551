using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Search;

/// <summary>What to look for, and where.</summary>
/// <param name="Limit">The most messages.</param>
/// <param name="Conversations">Where to look, beside the direct conversations of <see cref="DirectsOf"/>.</param>
internal sealed record SearchRequest(SearchTerms Terms, int Limit, IReadOnlyCollection<ConversationId> Conversations)
{
    /// <summary>An identity all of whose direct conversations are searched.</summary>
    public string? DirectsOf { get; init; }

    /// <summary>Only messages of users with that name.</summary>
    public UserName? From { get; init; }

    /// <summary>Only messages before that place in the order of all messages.</summary>
    public long Before { get; init; } = long.MaxValue;

    /// <summary>
    /// A timestamp of <see cref="System.Diagnostics.Stopwatch"/>. Copies keep it: however many pages an answer takes, it has one deadline.
    /// </summary>
    public long Deadline { get; init; } = SearchTime.DeadlineFromNow();

    /// <param name="words">As <see cref="WordFolder"/> returns them.</param>
    public bool IsMetBy(string sender, ReadOnlySpan<char> words) =>
        (From is null || (UserName.TryParse(sender, out var name) && name.Equals(From))) && Terms.AreIn(words);
}
