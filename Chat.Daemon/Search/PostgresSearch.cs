using System.Diagnostics;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Search;

/// <summary>
/// Finds messages by the words that PostgreSQL keeps with each. They are those of <see cref="WordFolder"/>, and what was found is compared
/// with the texts once more, so that every search means the same.
/// </summary>
internal sealed class PostgresSearch(DatabaseReaders readers) : IMessageSearch
{
    /// <summary>Messages that are looked at in one read.</summary>
    private const int SliceMessages = 200;

    private const string SelectFound = """
        SELECT m.id, m.conversation, m.seq, m.sender, m.text
        FROM messages AS m JOIN conversations AS c ON c.id = m.conversation
        WHERE m.words @@ CAST($words AS TSQUERY) AND m.id < $before AND m.erased = 0 AND m.seq > c.pruned_through
            AND (m.conversation IN (SELECT value FROM json_each($ids)) OR c.first_identity = $identity OR c.second_identity = $identity)
        ORDER BY m.id DESC LIMIT $limit
        """;

    public async ValueTask<SearchPage> FindAsync(SearchRequest request, CancellationToken cancellation)
    {
        if (request is { Conversations.Count: 0, DirectsOf: null }) return new([], false, 0);
        var (began, before, hits) = (Stopwatch.GetTimestamp(), request.Before, new List<SearchHit>());
        while (true)
        {
            var (last, met) = await readers.ReadAsync(reader => Slice(reader, request, before), cancellation);
            hits.AddRange(met);
            var spent = Stopwatch.GetElapsedTime(began);
            if (hits.Count > request.Limit)
            {
                hits.RemoveRange(request.Limit, hits.Count - request.Limit);
                return new(hits, true, hits[^1].Order) { Spent = spent };
            }
            if (last is null) return new(hits, false, 0) { Spent = spent };
            before = last.Value;
            if (Stopwatch.GetTimestamp() > request.Deadline) return new(hits, true, before) { Stop = SearchStop.Deadline, Spent = spent };
        }
    }

    /// <summary>The words go with the text, in the same row.</summary>
    public Task ForgetAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <returns>Where the next slice begins, null if there is none; and the messages that meet the request.</returns>
    private static (long? Last, IEnumerable<SearchHit> Met) Slice(ReaderConnection reader, SearchRequest request, long before)
    {
        var words = new WordFolder();
        var found = reader.Rows(
            SelectFound,
            row =>
            {
                var hit = new SearchHit(row.Number(0), new ConversationId(row.Number(1)), row.Number(2));
                return (Hit: hit, IsMet: request.IsMetBy(row.Text(3), words.Fold(row.Text(4))));
            },
            ("$words", WordsOf(request.Terms)), ("$before", before), ("$ids", ConversationId.Json(request.Conversations)),
            ("$identity", request.DirectsOf ?? ""), ("$limit", SliceMessages));
        return (found.Count < SliceMessages ? null : found[^1].Hit.Order, found.Where(one => one.IsMet).Select(one => one.Hit));
    }

    private static string WordsOf(SearchTerms terms) =>
        string.Join(" & ", terms.All.Select(term => term.IsPrefix ? $"{Quoted(term.Word)}:*" : Quoted(term.Word)));

    private static string Quoted(string word) =>
        $"'{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
