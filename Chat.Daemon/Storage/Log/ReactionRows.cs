using Chat.Protocol;

namespace Chat.Daemon.Storage.Log;

/// <summary>Reads the reactions to messages of a page.</summary>
internal static class ReactionRows
{
    /// <summary>
    /// The messages with their reactions, as many as a frame can hold, and one that shows where it ends. Only a message that was changed
    /// can have reactions.
    /// </summary>
    public static List<LoggedMessage> AddTo(ReaderConnection reader, PageRequest page, List<LoggedMessage> messages)
    {
        var bytes = 0;
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is { Rev: not null, Erased: false } message)
                messages[i] = message with { Reactions = Of(reader, page, message.Seq) };
            bytes += messages[i].FrameBytes;
            if (bytes > ProtocolLimits.DaemonFrameBytes) return messages.GetRange(0, i + 1);
        }
        return messages;
    }

    /// <returns>Null if there are none.</returns>
    private static List<LoggedReaction>? Of(ReaderConnection reader, PageRequest page, long seq)
    {
        var counts = reader.Rows(
            """
            SELECT emoji, count, EXISTS (
                SELECT 1 FROM reactions AS r WHERE r.conversation = $conversation AND r.seq = $seq AND r.emoji = reaction_counts.emoji
                    AND r.identity = $viewer)
            FROM reaction_counts WHERE conversation = $conversation AND seq = $seq ORDER BY rev
            """,
            row => (Emoji: row.Text(0), Count: row.Number(1), IsMine: row.Flag(2)),
            ("$conversation", page.Conversation.Value), ("$seq", seq), ("$viewer", page.Viewer));
        if (counts.Count == 0) return null;
        return counts.ConvertAll(of => new LoggedReaction(of.Emoji, of.Count, UsersOf(reader, page, seq, of.Emoji), of.IsMine));
    }

    private static List<string> UsersOf(ReaderConnection reader, PageRequest page, long seq, string emoji) => reader.Rows(
        """
        SELECT name FROM reactions WHERE conversation = $conversation AND seq = $seq AND emoji = $emoji ORDER BY rev LIMIT $limit
        """,
        row => row.Text(0),
        ("$conversation", page.Conversation.Value), ("$seq", seq), ("$emoji", emoji), ("$limit", (long)ProtocolLimits.ReactionUsers));
}
