using System.Data.Common;
using System.Runtime.InteropServices;
using Chat.Protocol;

namespace Chat.Daemon.Storage.Log;

/// <summary>
/// Reads pages of messages as they are now. Reactions are read in the same snapshot: they belong to the page's <c>rev</c>.
/// </summary>
internal static class MessageRows
{
    public const string Pruned = "coalesce((SELECT pruned_through FROM conversations WHERE id = $conversation), 0)";

    /// <summary>A scalar value takes at most two.</summary>
    private const int MaxTextChars = 2 * ProtocolLimits.TextScalars;

    private const string Columns =
        "seq, sender, text, at, session, client_id, via, erased, identity, reply_to, mentions, rev, edited_at";

    public static List<LoggedMessage> After(ReaderConnection reader, PageRequest page, long after) => Read(
        reader, page, $"{SelectFrom(page)} AND seq > max($from, {Pruned}) ORDER BY seq LIMIT $limit", ("$from", after));

    public static List<LoggedMessage> Before(ReaderConnection reader, PageRequest page, long before)
    {
        var messages = Read(
            reader, page, $"{SelectFrom(page)} AND seq < $from AND seq > {Pruned} ORDER BY seq DESC LIMIT $limit", ("$from", before));
        messages.Reverse();
        return messages;
    }

    public static List<LoggedMessage> Changed(ReaderConnection reader, PageRequest page, long rev, long through) => Read(
        reader, page,
        $"""
        SELECT {Columns} FROM messages INDEXED BY messages_by_rev
        WHERE conversation = $conversation AND rev > $from AND seq <= $through AND seq > {Pruned} ORDER BY rev LIMIT $limit
        """,
        ("$from", rev), ("$through", through));

    /// <summary>All messages that cannot be read; reads the whole table.</summary>
    public static IEnumerable<DamagedRowException> Damaged(DbConnection connection) =>
        Sql.Damaged(connection, $"SELECT {Columns}, conversation FROM messages", ToMessage);

    private static string SelectFrom(PageRequest page) => page.RepliesTo is null
        ? $"SELECT {Columns} FROM messages WHERE conversation = $conversation"
        : $"SELECT {Columns} FROM messages INDEXED BY messages_by_reply WHERE conversation = $conversation AND reply_to = $reply_to";

    private static List<LoggedMessage> Read(
        ReaderConnection reader, PageRequest page, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var limit = (long)Math.Max(page.Limit, 0);
        List<(string, object?)> all = [("$conversation", page.Conversation.Value), ("$limit", limit), .. parameters];
        if (page.RepliesTo is { } seq) all.Add(("$reply_to", seq));
        using var snapshot = page.Viewer is null ? default : reader.TakeSnapshot();
        var messages = reader.RowsUpTo(
            sql, ToMessage, message => message.FrameBytes, ProtocolLimits.DaemonFrameBytes, CollectionsMarshal.AsSpan(all));
        return page.Viewer is null ? messages : ReactionRows.AddTo(reader, page, messages);
    }

    private static LoggedMessage ToMessage(DbDataReader row) => new(
        row.Number(0), row.Text(1), TextOf(row), row.TimeMs(3), row.Number(4), row.TextOrNull(5), row.TextOrNull(6), row.Flag(7))
    {
        Identity = row.TextOrNull(8),
        ReplyTo = row.NumberOrNull(9),
        Mentions = row.TextOrNull(10),
        Rev = row.NumberOrNull(11),
        EditedAtMs = row.NumberOrNull(12) is null ? null : row.TimeMs(12),
    };

    /// <summary>A longer text would not fit into a frame.</summary>
    private static string TextOf(DbDataReader row) => row.Text(2) is { Length: <= MaxTextChars } text
        ? text : throw RowValues.Invalid(row, 2, $"has more than {MaxTextChars} characters");
}
