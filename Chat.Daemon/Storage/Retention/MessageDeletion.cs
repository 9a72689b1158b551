using System.Data.Common;

namespace Chat.Daemon.Storage.Retention;

/// <summary>
/// Deletes rows of messages, at either end of a conversation, so that what is left has no hole. Every deletion of such rows goes through
/// here, so whatever else is stored for a message goes with it here. Others wait for the transaction, and a message may have any number of
/// reactions: those of the chosen messages go first, in slices of their own.
/// </summary>
internal static class MessageDeletion
{
    /// <summary>The oldest ones up to <paramref name="through"/>, if their ids are at most <paramref name="maxId"/>.</summary>
    /// <returns>How many rows were deleted, of whatever table.</returns>
    public static int Oldest(DbConnection connection, ConversationId conversation, long through, long maxId, int limit) => Delete(
        connection,
        "SELECT id FROM messages WHERE conversation = $conversation AND seq <= $through AND id <= $max_id ORDER BY seq LIMIT $limit",
        ("$conversation", conversation.Value), ("$through", through), ("$max_id", maxId), ("$limit", limit));

    /// <summary>The changes of messages up to <paramref name="through"/>, if their ids are at most <paramref name="maxId"/>.</summary>
    /// <returns>How many rows were deleted.</returns>
    public static int Changes(DbConnection connection, ConversationId conversation, long through, long maxId, int limit) => Sql.Execute(
        connection,
        """
        DELETE FROM changes WHERE id IN (
            SELECT id FROM changes WHERE conversation = $conversation AND seq <= $through AND id <= $max_id ORDER BY seq LIMIT $limit)
        """,
        ("$conversation", conversation.Value), ("$through", through), ("$max_id", maxId), ("$limit", limit));

    /// <returns>How many rows were deleted, of whatever table.</returns>
    public static int Newest(DbConnection connection, ConversationId conversation, int limit) => Delete(
        connection, "SELECT id FROM messages WHERE conversation = $conversation ORDER BY seq DESC LIMIT $limit",
        ("$conversation", conversation.Value), ("$limit", limit));

    private static int Delete(DbConnection connection, string chosen, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        foreach (var (table, rest) in (ReadOnlySpan<(string, string)>)[("reactions", "emoji, identity"), ("reaction_counts", "emoji")])
        {
            var deleted = Sql.Execute(
                connection,
                // Only a message that was changed has reactions.
                $"""
                DELETE FROM {table} WHERE (conversation, seq, {rest}) IN (
                    SELECT conversation, seq, {rest} FROM {table} WHERE (conversation, seq) IN (
                        SELECT conversation, seq FROM messages WHERE id IN ({chosen}) AND rev IS NOT NULL) LIMIT $limit)
                """,
                parameters);
            if (deleted > 0) return deleted;
        }
        var mentions = Sql.Execute(
            connection,
            $"""
            DELETE FROM mentions WHERE rowid IN (
                SELECT rowid FROM mentions WHERE (conversation, seq) IN (
                    SELECT conversation, seq FROM messages WHERE id IN ({chosen})) LIMIT $limit)
            """,
            parameters);
        return mentions > 0 ? mentions : Sql.Execute(connection, $"DELETE FROM messages WHERE id IN ({chosen})", parameters);
    }
}
