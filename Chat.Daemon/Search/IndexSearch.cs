using System.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Search;

/// <summary>
/// Finds messages with the index. The index only says where to look: the words, the sender and the conversation are compared with the
/// database.
/// </summary>
internal sealed class IndexSearch(SearchIndex index, SqliteReaders readers) : IMessageSearch
{
    private const string SelectFound = """
        SELECT messages.id, conversation, seq, sender, text, first_identity, second_identity
        FROM messages JOIN conversations ON conversations.id = conversation
        WHERE messages.id IN (SELECT value FROM json_each($ids)) AND erased = 0 AND seq > pruned_through
        ORDER BY messages.id DESC
        """;

    public async ValueTask<SearchPage> FindAsync(SearchRequest request, CancellationToken cancellation)
    {
        if (index.Problem is { } problem) return new([], true, request.Before) { Stop = problem };
        if (request is { Conversations.Count: 0, DirectsOf: null }) return new([], false, 0);
        var (query, where) = (IndexQuery.Of(request), request.Conversations.ToHashSet());
        var (hits, spent, before) = (new List<SearchHit>(), TimeSpan.Zero, request.Before);
        while (true)
        {
            // One more shows whether there are others.
            var wanted = request.Limit + 1 - hits.Count;
            var (findings, took) = await FindAsync(query, before, wanted, request.Deadline, cancellation);
            hits.AddRange(await MeetingAsync(request, where, findings.Ids, cancellation));
            (spent, before) = (spent + took, findings.Before);
            if (hits.Count > request.Limit)
            {
                hits.RemoveRange(request.Limit, hits.Count - request.Limit);
                return new(hits, true, hits[^1].Order) { Spent = spent };
            }
            if (findings.Stop is { } stop) return new(hits, true, before) { Stop = stop, Spent = spent };
            if (before == 0) return new(hits, false, 0) { Spent = spent };
        }
    }

    public Task ForgetAsync(CancellationToken cancellation) => index.ForgetAsync(cancellation);

    private async ValueTask<(IndexFindings Findings, TimeSpan Took)> FindAsync(
        IndexQuery query, long before, int limit, long deadline, CancellationToken cancellation)
    {
        try
        {
            return await index.Readers.ReadAsync(
                reader =>
                {
                    var began = Stopwatch.GetTimestamp();
                    return (reader.Find(query, before, limit, deadline), Stopwatch.GetElapsedTime(began));
                },
                cancellation);
        }
        catch (SqliteException) // the index knows, and is built anew
        {
            return (new([], before, SearchStop.Failed), TimeSpan.Zero);
        }
    }

    private async ValueTask<List<SearchHit>> MeetingAsync(
        SearchRequest request, HashSet<ConversationId> where, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0) return [];
        return await readers.ReadAsync(
            reader =>
            {
                var words = new WordFolder();
                return reader.Rows(
                    SelectFound,
                    row =>
                    {
                        var conversation = new ConversationId(row.Number(1));
                        var isHere = where.Contains(conversation) || (request.DirectsOf is { } identity
                            && (row.TextOrNull(5) == identity || row.TextOrNull(6) == identity));
                        return isHere && request.IsMetBy(row.Text(3), words.Fold(row.Text(4)))
                            ? new SearchHit(row.Number(0), conversation, row.Number(2))
                            : (SearchHit?)null;
                    },
                    ("$ids", $"[{string.Join(',', ids)}]")).OfType<SearchHit>().ToList();
            },
            cancellation);
    }
}
