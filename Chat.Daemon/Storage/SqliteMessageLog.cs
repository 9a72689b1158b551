using Chat.Protocol;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage;

/// <summary>The message log in the database.</summary>
internal sealed class SqliteMessageLog(SqliteWriter writer, SqliteReaders readers) : IMessageLog
{
    /// <summary>A scalar value takes at most two.</summary>
    private const int MaxTextChars = 2 * ProtocolLimits.TextScalars;

    private const string Columns = "seq, sender, text, at, session, client_id, via, erased";
    private const string Pruned = "coalesce((SELECT pruned_through FROM conversations WHERE id = $conversation), 0)";

    public ValueTask<LogRange> RangeAsync(ConversationId conversation, CancellationToken cancellation) => readers.ReadAsync(
        reader => reader.Rows(
            $"SELECT {Pruned}, coalesce((SELECT max(seq) FROM messages WHERE conversation = $conversation), 0)",
            row => RangeOf(row.Number(0), row.Number(1)),
            ("$conversation", conversation.Value))[0],
        cancellation);

    public Task AppendAsync(ConversationId conversation, IReadOnlyList<LoggedMessage> messages) =>
        messages.Count == 0 ? Task.CompletedTask : writer.AppendAsync(conversation, messages);

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadAfterAsync(
        ConversationId conversation, long after, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<LoggedMessage>>(
            reader => Page(
                reader,
                $"""
                SELECT {Columns} FROM messages WHERE conversation = $conversation AND seq > max($after, {Pruned})
                ORDER BY seq LIMIT $limit
                """,
                ("$conversation", conversation.Value), ("$after", after), ("$limit", Math.Max(limit, 0))),
            cancellation);

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadBeforeAsync(
        ConversationId conversation, long before, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<LoggedMessage>>(
            reader =>
            {
                var messages = Page(
                    reader,
                    $"""
                    SELECT {Columns} FROM messages WHERE conversation = $conversation AND seq < $before AND seq > {Pruned}
                    ORDER BY seq DESC LIMIT $limit
                    """,
                    ("$conversation", conversation.Value), ("$before", before), ("$limit", Math.Max(limit, 0)));
                messages.Reverse();
                return messages;
            },
            cancellation);

    public ValueTask<IReadOnlyList<LoggedClientId>> RecentIdsAsync(
        ConversationId conversation, long session, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<LoggedClientId>>(reader => RecentIds(reader, conversation, session, limit), cancellation);

    /// <summary>Each half of the union reads the end of an index. A conversation with oneself is only in the first.</summary>
    public ValueTask<IReadOnlyList<ConversationTail>> LatestDirectsAsync(string identity, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<ConversationTail>>(
            reader => reader.Rows(
                """
                WITH halves(id, latest, pruned) AS (
                    SELECT * FROM (
                        SELECT id, latest, pruned_through FROM conversations WHERE first_identity = $identity AND latest IS NOT NULL
                        ORDER BY latest DESC LIMIT $limit)
                    UNION ALL
                    SELECT * FROM (
                        SELECT id, latest, pruned_through FROM conversations
                        WHERE second_identity = $identity AND first_identity <> $identity AND latest IS NOT NULL
                        ORDER BY latest DESC LIMIT $limit))
                SELECT id, pruned, coalesce((SELECT max(seq) FROM messages WHERE conversation = halves.id), 0) FROM halves
                ORDER BY latest DESC LIMIT $limit
                """,
                row => new ConversationTail(new ConversationId(row.Number(0)), RangeOf(row.Number(1), row.Number(2))),
                ("$identity", identity), ("$limit", Math.Max(limit, 0))),
            cancellation);

    private static LogRange RangeOf(long pruned, long last) => new(pruned + 1, Math.Max(pruned, last));

    /// <summary>All messages that cannot be read, and the conversations that lack some; reads the whole table.</summary>
    public static IEnumerable<DamagedRowException> DamagedRows(SqliteConnection connection) =>
        Sql.Damaged(connection, $"SELECT {Columns}, conversation FROM messages", ToMessage).Concat(Sql.Damaged(
            connection,
            """
            SELECT conversation, max(seq) AS seq, max(seq) - coalesce(pruned_through, 0) - count(*)
            FROM messages LEFT JOIN conversations ON conversations.id = conversation
            WHERE seq > coalesce(pruned_through, 0) GROUP BY conversation
            """,
            row => row.Number(2) is var few and not 0 ? throw new InvalidDataException($"{few} numbers before it are missing") : 0));

    private static List<LoggedMessage> Page(
        ReaderConnection reader, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        reader.RowsUpTo(sql, ToMessage, message => message.FrameBytes, ProtocolLimits.DaemonFrameBytes, parameters);

    /// <summary>
    /// The index groups ids in slices of 8,192 messages, so that a new row lands near the rows before it; an index by session would write
    /// a page for each session. The first query finds the slices that hold ids of the session, in the index alone.
    /// </summary>
    private static List<LoggedClientId> RecentIds(ReaderConnection reader, ConversationId conversation, long session, int limit)
    {
        var slices = reader.Rows(
            """
            WITH RECURSIVE slices(slice) AS (
                SELECT (SELECT max(id) FROM messages) >> 13
                UNION ALL
                SELECT slice - 1 FROM slices WHERE slice > max(
                    coalesce((SELECT min(id) FROM messages), 0),
                    coalesce((SELECT first_message FROM sessions WHERE id = $session), 0)) >> 13)
            SELECT slice FROM slices
            WHERE EXISTS (
                SELECT 1 FROM messages
                WHERE id >> 13 = slice AND session = $session AND conversation = $conversation AND client_id IS NOT NULL)
            ORDER BY slice DESC
            """,
            row => row.Number(0),
            ("$session", session), ("$conversation", conversation.Value));
        var ids = new List<LoggedClientId>();
        foreach (var slice in slices.TakeWhile(_ => ids.Count < limit))
            ids.AddRange(IdsOfSlice(reader, conversation, session, slice, limit - ids.Count));
        ids.Reverse();
        return ids;
    }

    private static List<LoggedClientId> IdsOfSlice(
        ReaderConnection reader, ConversationId conversation, long session, long slice, int limit) => reader.Rows(
            """
            SELECT client_id, seq FROM messages
            WHERE id >> 13 = $slice AND session = $session AND conversation = $conversation AND client_id IS NOT NULL
            ORDER BY seq DESC LIMIT $limit
            """,
            row => new LoggedClientId(row.Text(0), row.Number(1)),
            ("$slice", slice), ("$session", session), ("$conversation", conversation.Value), ("$limit", limit));

    private static LoggedMessage ToMessage(SqliteDataReader row) => new(
        row.Number(0), row.Text(1), TextOf(row), row.TimeMs(3), row.Number(4), row.TextOrNull(5), row.TextOrNull(6), row.Flag(7));

    /// <summary>A longer text would not fit into a frame.</summary>
    private static string TextOf(SqliteDataReader row) => row.Text(2) is { Length: <= MaxTextChars } text
        ? text : throw RowValues.Invalid(row, 2, $"has more than {MaxTextChars} characters");
}
