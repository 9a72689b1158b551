namespace Chat.Daemon.Storage.Retention;

/// <summary>
/// Finds the messages in the database that retention no longer keeps, and marks them as removed: from then on nobody reads them. Their
/// rows stay until <see cref="PrunedRows"/> deletes them.
/// </summary>
internal sealed class MessagePruning(DatabaseWriter writer, DatabaseReaders readers)
{
    /// <summary>Conversations in one write.</summary>
    private const int PageSize = 200;

    /// <summary>Reads both ends of each conversation, in the index. The row of the oldest message tells its time.</summary>
    private const string SelectOverdue = """
        SELECT id, pruned_through, days, messages, last FROM (
            SELECT id, pruned_through, days, messages,
                (SELECT max(seq) FROM messages WHERE conversation = rules.id) AS last,
                (SELECT at FROM messages WHERE conversation = rules.id AND seq > pruned_through ORDER BY seq LIMIT 1) AS oldest
            FROM (
                SELECT id, pruned_through, coalesce(keep_days, $days) AS days, coalesce(keep_messages, $messages) AS messages
                FROM conversations WHERE id > $after AND (kind = 'direct' OR name_key IS NOT NULL)) AS rules
            WHERE days > 0 OR messages > 0) AS limited
        WHERE (messages > 0 AND last - messages > pruned_through) OR (days > 0 AND oldest < $now - days * 86400000)
        ORDER BY id LIMIT $limit
        """;

    /// <inheritdoc cref="IMessageLog.PruneAsync"/>
    public async Task<long> PruneAsync(RetentionRule standard, DateTimeOffset now, CancellationToken cancellation)
    {
        var pruned = 0L;
        IReadOnlyList<Overdue> page;
        for (var after = 0L; (page = await NextAsync(standard, now, after, cancellation)).Count > 0; after = page[^1].Conversation)
        {
            var marks = new List<(Overdue Overdue, long Through)>();
            foreach (var overdue in page) marks.Add((overdue, await ThroughAsync(overdue, now, cancellation)));
            pruned += await writer.WriteLikeMessagesAsync(connection => marks.Sum(mark =>
                Sql.Execute(
                    connection,
                    "UPDATE conversations SET pruned_through = $through WHERE id = $id AND pruned_through < $through",
                    ("$id", mark.Overdue.Conversation), ("$through", mark.Through)) * (mark.Through - mark.Overdue.Pruned)));
        }
        return pruned;
    }

    private ValueTask<List<Overdue>> NextAsync(RetentionRule standard, DateTimeOffset now, long after, CancellationToken cancellation) =>
        readers.ReadAsync(
            reader => reader.Rows(
                SelectOverdue,
                row => new Overdue(
                    row.Number(0), row.Number(1), row.Number(4), new RetentionRule((int)row.Number(2), (int)row.Number(3))),
                ("$days", standard.Days), ("$messages", standard.Messages), ("$after", after),
                ("$now", now.ToUnixTimeMilliseconds()), ("$limit", PageSize)),
            cancellation);

    /// <returns>The newest message that is not kept.</returns>
    private async ValueTask<long> ThroughAsync(Overdue overdue, DateTimeOffset now, CancellationToken cancellation)
    {
        var byCount = overdue.Rule.Messages == 0 ? 0 : overdue.Last - overdue.Rule.Messages;
        if (overdue.Rule.Days == 0) return byCount;
        var byAge = await readers.ReadAsync(reader => LastBefore(reader, overdue, overdue.Rule.SinceMs(now)), cancellation);
        return Math.Max(byCount, byAge);
    }

    /// <summary>Within a conversation the times never go back, so some twenty rows are enough.</summary>
    private static long LastBefore(ReaderConnection reader, Overdue overdue, long sinceMs)
    {
        var (before, last) = (overdue.Pruned, overdue.Last);
        while (before < last)
        {
            var middle = before + ((last - before + 1) / 2);
            var isBefore = reader.Number(
                "SELECT at < $since FROM messages WHERE conversation = $conversation AND seq >= $seq ORDER BY seq LIMIT 1",
                ("$since", sinceMs), ("$conversation", overdue.Conversation), ("$seq", middle)) != 0;
            if (isBefore) before = middle;
            else last = middle - 1;
        }
        return before;
    }

    /// <param name="Pruned">The newest message removed before.</param>
    /// <param name="Last">The newest message.</param>
    private sealed record Overdue(long Conversation, long Pruned, long Last, RetentionRule Rule);
}
