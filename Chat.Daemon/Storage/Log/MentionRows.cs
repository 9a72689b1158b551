using Chat.Protocol;

namespace Chat.Daemon.Storage.Log;

/// <summary>Counts and finds the messages in the database that mention an account.</summary>
internal static class MentionRows
{
    /// <summary>In the order of a conversation, to be counted; and of all messages, to be listed.</summary>
    public const string Migration = """
        CREATE TABLE mentions(
            account INTEGER NOT NULL,
            conversation INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            message INTEGER NOT NULL,
            UNIQUE(account, conversation, seq)
        ) STRICT;
        CREATE INDEX mentions_in_order ON mentions(account, message);
        CREATE INDEX mentions_of_messages ON mentions(conversation, seq);
        """;

    /// <summary>Rows that a page looks at. Those of rooms that the account has left are passed over.</summary>
    private const int MostRows = 1_000;

    public static IReadOnlyDictionary<ConversationId, long> Count(
        ReaderConnection reader, long account, IReadOnlyDictionary<ConversationId, long> after) => reader.Rows(
        """
        SELECT c.id, (SELECT count(*) FROM (
            SELECT 1 FROM mentions AS m
            WHERE m.account = $account AND m.conversation = c.id AND m.seq > max(CAST(value ->> 1 AS BIGINT), c.pruned_through)
            LIMIT $most) AS few)
        FROM json_each($after) CROSS JOIN conversations AS c ON c.id = CAST(value ->> 0 AS BIGINT)
        """,
        row => (Id: new ConversationId(row.Number(0)), Count: row.Number(1)),
        ("$account", account), ("$most", (long)ProtocolLimits.MentionsCounted),
        ("$after", $"[{string.Join(',', after.Select(mark => $"[{mark.Key.Value},{mark.Value}]"))}]"))
        .Where(found => found.Count > 0).ToDictionary(found => found.Id, found => found.Count);

    public static MentionPage Page(ReaderConnection reader, long account, IReadOnlySet<ConversationId> rooms, long before, int limit)
    {
        var rows = reader.Rows(
            """
            SELECT message, conversation, seq, kind = 'direct', seq > pruned_through
            FROM mentions CROSS JOIN conversations AS c ON c.id = conversation
            WHERE account = $account AND message < $before ORDER BY message DESC LIMIT $most
            """,
            row => (
                Order: row.Number(0), Id: new ConversationId(row.Number(1)), Seq: row.Number(2),
                IsDirect: row.Flag(3), IsKept: row.Flag(4)),
            ("$account", account), ("$before", before), ("$most", (long)MostRows));
        var found = rows.Where(row => row.IsKept && (row.IsDirect || rooms.Contains(row.Id)))
            .Select(row => (row.Order, row.Id, row.Seq)).Take(limit + 1).ToList();
        if (found.Count > limit) return new(found.GetRange(0, limit), found[limit - 1].Order);
        return new(found, rows.Count == MostRows ? rows[^1].Order : null);
    }
}
