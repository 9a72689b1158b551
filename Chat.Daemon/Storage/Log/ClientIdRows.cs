namespace Chat.Daemon.Storage.Log;

/// <summary>
/// Reads the client ids that a session used in a conversation. The indexes group them in slices of 8,192 rows, so that a new row lands
/// near the rows before it; an index by session would write a page for each session.
/// </summary>
internal static class ClientIdRows
{
    private const string Condition = "session = $session AND conversation = $conversation AND client_id IS NOT NULL";

    /// <summary>The latest ids of messages, then those of changes, each oldest first.</summary>
    public static List<LoggedClientId> Recent(ReaderConnection reader, ConversationId conversation, long session, int limit) =>
    [
        .. Latest(reader, "messages", "seq", conversation, session, limit),
        .. Latest(reader, "changes", "-rev", conversation, session, limit),
    ];

    private static List<LoggedClientId> Latest(
        ReaderConnection reader, string table, string number, ConversationId conversation, long session, int limit)
    {
        var ids = new List<LoggedClientId>();
        foreach (var slice in SlicesOf(reader, table, conversation, session).TakeWhile(_ => ids.Count < limit))
            ids.AddRange(IdsOf(reader, table, number, conversation, session, slice, limit - ids.Count));
        ids.Reverse();
        return ids;
    }

    /// <summary>The slices that hold ids of the session, found in the index alone; the latest first.</summary>
    private static List<long> SlicesOf(ReaderConnection reader, string table, ConversationId conversation, long session) => reader.Rows(
        $"""
        WITH RECURSIVE slices(slice) AS (
            SELECT (SELECT max(id) FROM {table}) >> 13
            UNION ALL
            SELECT slice - 1 FROM slices WHERE slice > max(
                coalesce((SELECT min(id) FROM {table}), 0),
                {(table == "messages" ? "coalesce((SELECT first_message FROM sessions WHERE id = $session), 0)" : "0")}) >> 13)
        SELECT slice FROM slices
        WHERE EXISTS (SELECT 1 FROM {table} WHERE id >> 13 = slice AND {Condition})
        ORDER BY slice DESC
        """,
        row => row.Number(0),
        ("$session", session), ("$conversation", conversation.Value));

    private static List<LoggedClientId> IdsOf(
        ReaderConnection reader, string table, string number, ConversationId conversation, long session, long slice, int limit) =>
        reader.Rows(
            $"""
            SELECT client_id, {number} FROM {table} WHERE id >> 13 = $slice AND {Condition}
            ORDER BY {number.TrimStart('-')} DESC LIMIT $limit
            """,
            row => new LoggedClientId(row.Text(0), row.Number(1)),
            ("$slice", slice), ("$session", session), ("$conversation", conversation.Value), ("$limit", (long)limit));
}
