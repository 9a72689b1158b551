using System.Data.Common;
using Chat.Daemon.Storage.Retention;

namespace Chat.Daemon.Storage.Log;

/// <summary>The message log in the database.</summary>
internal sealed class DatabaseMessageLog(DatabaseWriter writer, DatabaseReaders readers) : IMessageLog
{
    private const string Pruned = MessageRows.Pruned;

    private readonly MessagePruning pruning = new(writer, readers);

    /// <summary>A sequencer begins with it, so it waits for appends whose outcome is unknown.</summary>
    public ValueTask<LogRange> RangeAsync(ConversationId conversation, CancellationToken cancellation) =>
        writer.SettleAsync() is { IsCompletedSuccessfully: false } settling
            ? RangeAfterAsync(settling, conversation, cancellation)
            : RangeNowAsync(conversation, cancellation);

    public ValueTask<IReadOnlyDictionary<ConversationId, LogRange>> RangesAsync(
        IReadOnlyList<ConversationId> conversations, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyDictionary<ConversationId, LogRange>>(
            reader => reader.Rows(
                """
                SELECT c.id, pruned_through, coalesce((SELECT max(seq) FROM messages WHERE conversation = c.id), 0), last_rev
                FROM json_each($ids) CROSS JOIN conversations AS c ON c.id = value
                """,
                row => (Id: new ConversationId(row.Number(0)), Range: RangeOf(row.Number(1), row.Number(2), row.Number(3))),
                ("$ids", ConversationId.Json(conversations))).ToDictionary(found => found.Id, found => found.Range),
            cancellation);

    public ValueTask<IReadOnlyDictionary<ConversationId, long>> CountMentionsAsync(
        long account, IReadOnlyDictionary<ConversationId, long> after, CancellationToken cancellation) =>
        readers.ReadAsync(reader => MentionRows.Count(reader, account, after), cancellation);

    public ValueTask<MentionPage> MentionsAsync(
        long account, IReadOnlySet<ConversationId> rooms, long before, int limit, CancellationToken cancellation) =>
        readers.ReadAsync(reader => MentionRows.Page(reader, account, rooms, before, limit), cancellation);

    public Task<IReadOnlyList<ChangeOutcome>> AppendAsync(ConversationId conversation, IReadOnlyList<LogEntry> entries) =>
        entries.Count == 0 ? Task.FromResult<IReadOnlyList<ChangeOutcome>>([]) : writer.AppendAsync(conversation, entries);

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadAfterAsync(PageRequest page, long after, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<LoggedMessage>>(reader => MessageRows.After(reader, page, after), cancellation);

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadBeforeAsync(PageRequest page, long before, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<LoggedMessage>>(reader => MessageRows.Before(reader, page, before), cancellation);

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadChangedAsync(
        PageRequest page, long rev, long through, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<LoggedMessage>>(reader => MessageRows.Changed(reader, page, rev, through), cancellation);

    public ValueTask<IReadOnlyList<LoggedChange>> ChangesAfterAsync(
        ConversationId conversation, long rev, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<LoggedChange>>(
            reader => reader.Rows(
                """
                SELECT rev, seq, kind, name, identity, emoji, at, session, client_id FROM changes
                WHERE conversation = $conversation AND rev > $rev ORDER BY rev LIMIT $limit
                """,
                row => new LoggedChange(
                    row.Text(2), row.Number(1), row.Text(3), row.Text(4), row.TimeMs(6), row.Number(7), row.TextOrNull(8))
                {
                    Rev = row.Number(0),
                    Emoji = row.TextOrNull(5),
                },
                ("$conversation", conversation.Value), ("$rev", rev), ("$limit", Math.Max(limit, 0))),
            cancellation);

    public ValueTask<IReadOnlyList<LoggedClientId>> RecentIdsAsync(
        ConversationId conversation, long session, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<LoggedClientId>>(
            reader => ClientIdRows.Recent(reader, conversation, session, limit), cancellation);

    /// <summary>Each half of the union reads the end of an index. A conversation with oneself is only in the first.</summary>
    public ValueTask<IReadOnlyList<ConversationTail>> LatestDirectsAsync(string identity, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<ConversationTail>>(
            reader => reader.Rows(
                """
                WITH halves(id, latest, pruned, rev) AS (
                    SELECT * FROM (
                        SELECT id, latest, pruned_through, last_rev FROM conversations
                        WHERE first_identity = $identity AND latest IS NOT NULL
                        ORDER BY latest DESC LIMIT $limit) AS firsts
                    UNION ALL
                    SELECT * FROM (
                        SELECT id, latest, pruned_through, last_rev FROM conversations
                        WHERE second_identity = $identity AND first_identity <> $identity AND latest IS NOT NULL
                        ORDER BY latest DESC LIMIT $limit) AS seconds)
                SELECT id, pruned, coalesce((SELECT max(seq) FROM messages WHERE conversation = halves.id), 0), rev FROM halves
                ORDER BY latest DESC LIMIT $limit
                """,
                row => new ConversationTail(
                    new ConversationId(row.Number(0)), RangeOf(row.Number(1), row.Number(2), row.Number(3))),
                ("$identity", identity), ("$limit", Math.Max(limit, 0))),
            cancellation);

    public Task<long> PruneAsync(RetentionRule standard, DateTimeOffset now, CancellationToken cancellation) =>
        pruning.PruneAsync(standard, now, cancellation);

    /// <summary>Holds nothing in memory.</summary>
    public void EraseAuthor(string identity, string replacement, bool texts)
    {
    }

    /// <summary>Holds nothing in memory.</summary>
    public void Forget(ConversationId conversation)
    {
    }

    private async ValueTask<LogRange> RangeAfterAsync(Task settling, ConversationId conversation, CancellationToken cancellation)
    {
        await settling;
        return await RangeNowAsync(conversation, cancellation);
    }

    private ValueTask<LogRange> RangeNowAsync(ConversationId conversation, CancellationToken cancellation) => readers.ReadAsync(
        reader => reader.Rows(
            $"""
            SELECT {Pruned}, coalesce((SELECT max(seq) FROM messages WHERE conversation = $conversation), 0),
                coalesce((SELECT last_rev FROM conversations WHERE id = $conversation), 0)
            """,
            row => RangeOf(row.Number(0), row.Number(1), row.Number(2)),
            ("$conversation", conversation.Value))[0],
        cancellation);

    /// <summary>All messages that cannot be read, and the conversations that lack some; reads the whole table.</summary>
    public static IEnumerable<DamagedRowException> DamagedRows(DbConnection connection) =>
        MessageRows.Damaged(connection).Concat(Sql.Damaged(
            connection,
            """
            SELECT conversation, max(seq) AS seq, max(seq) - coalesce(pruned_through, 0) - count(*)
            FROM messages LEFT JOIN conversations ON conversations.id = conversation
            WHERE seq > coalesce(pruned_through, 0) GROUP BY conversation
            """,
            row => row.Number(2) is var few and not 0 ? throw new InvalidDataException($"{few} numbers before it are missing") : 0));

    private static LogRange RangeOf(long pruned, long last, long rev) => new(pruned + 1, Math.Max(pruned, last), rev);
}
