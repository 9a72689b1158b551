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
            row => new LogRange(row.Number(0) + 1, Math.Max(row.Number(0), row.Number(1))),
            ("$conversation", conversation.Value))[0],
        cancellation);

    public Task AppendAsync(ConversationId conversation, IReadOnlyList<LoggedMessage> messages) =>
        messages.Count == 0 ? Task.CompletedTask : writer.AppendAsync(conversation, messages);

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadAfterAsync(
        ConversationId conversation, long after, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<LoggedMessage>>(
            reader => reader.Rows(
                $"""
                SELECT {Columns} FROM messages WHERE conversation = $conversation AND seq > max($after, {Pruned})
                ORDER BY seq LIMIT $limit
                """,
                ToMessage,
                ("$conversation", conversation.Value), ("$after", after), ("$limit", Math.Max(limit, 0))),
            cancellation);

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadBeforeAsync(
        ConversationId conversation, long before, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<LoggedMessage>>(
            reader =>
            {
                var messages = reader.Rows(
                    $"""
                    SELECT {Columns} FROM messages WHERE conversation = $conversation AND seq < $before AND seq > {Pruned}
                    ORDER BY seq DESC LIMIT $limit
                    """,
                    ToMessage,
                    ("$conversation", conversation.Value), ("$before", before), ("$limit", Math.Max(limit, 0)));
                messages.Reverse();
                return messages;
            },
            cancellation);

    public ValueTask<IReadOnlyList<LoggedClientId>> RecentIdsAsync(
        ConversationId conversation, long session, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<LoggedClientId>>(reader => RecentIds(reader, conversation, session, limit), cancellation);

    public ValueTask<IReadOnlyList<ConversationTail>> NewestFirstAsync(
        IReadOnlyList<ConversationId> conversations, int limit, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<ConversationTail>>(
            reader => reader.Rows(
                """
                SELECT asked.value, max(coalesce(m.seq, 0), coalesce(c.pruned_through, 0)) AS last
                FROM json_each($conversations) AS asked
                LEFT JOIN conversations AS c ON c.id = asked.value
                LEFT JOIN messages AS m ON m.conversation = asked.value
                    AND m.seq = (SELECT max(seq) FROM messages WHERE conversation = asked.value)
                WHERE last > 0
                ORDER BY m.id DESC
                LIMIT $limit
                """,
                row => new ConversationTail(new ConversationId(row.Number(0)), row.Number(1)),
                ("$conversations", $"[{string.Join(',', conversations.Select(conversation => conversation.Value))}]"),
                ("$limit", Math.Max(limit, 0))),
            cancellation);

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
