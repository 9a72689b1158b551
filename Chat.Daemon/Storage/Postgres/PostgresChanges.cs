using Chat.Protocol;
using Npgsql;

namespace Chat.Daemon.Storage.Postgres;

/// <summary>
/// Applies changes, within the writer's transaction. What a change does, and whether it does anything, is decided on the rows as they are
/// at its turn, behind everything appended before.
/// </summary>
internal sealed class PostgresChanges(NpgsqlConnection connection)
{
    private readonly WordFolder folder = new();

    /// <exception cref="LogRefusedException">There is no such conversation.</exception>
    public ChangeOutcome Apply(ConversationId conversation, LoggedChange change)
    {
        if (Find(conversation, change.Seq) is not { } message) return ChangeOutcome.Refused(RefusalCode.NoSuchMessage);
        if (message.IsErased)
        {
            return change.Kind == ChangeKind.Delete
                ? ChangeOutcome.NothingToDo
                : ChangeOutcome.Refused(RefusalCode.NoSuchMessage);
        }
        return change.Kind switch
        {
            ChangeKind.Edit => Edit(conversation, change, message),
            ChangeKind.Delete => Erase(conversation, change, message),
            ChangeKind.React => React(conversation, change, message),
            ChangeKind.Unreact => Unreact(conversation, change, message),
            _ => throw new ArgumentException($"{change.Kind} is no change", nameof(change)),
        };
    }

    private ChangedMessage? Find(ConversationId conversation, long seq) => Sql.Rows(
        connection,
        """
        SELECT id, erased, text, mentions IS NOT NULL FROM messages WHERE conversation = $conversation AND seq = $seq
        AND seq > (SELECT pruned_through FROM conversations WHERE id = $conversation AND (kind = 'direct' OR name_key IS NOT NULL))
        """,
        row => new ChangedMessage(row.Number(0), row.Flag(1), row.Text(2), row.Flag(3)),
        ("$conversation", conversation.Value), ("$seq", seq)).SingleOrDefault();

    private ChangeOutcome Edit(ConversationId conversation, LoggedChange change, ChangedMessage message)
    {
        if (message.Text == change.Text) return ChangeOutcome.NothingToDo;
        var number = Store(conversation, change);
        Sql.Execute(
            connection,
            """
            UPDATE messages SET text = $text, mentions = $mentions, edited_at = $at, rev = $rev,
                words = array_to_tsvector(string_to_array($words, ' '))
            WHERE id = $id
            """,
            ("$text", change.Text), ("$mentions", change.Mentions), ("$at", change.AtMs), ("$rev", number),
            ("$words", folder.Fold(change.Text!).ToString()), ("$id", message.Id));
        if (message.HasMentions) DropMentions(conversation, change.Seq);
        foreach (var account in change.MentionedAccounts ?? [])
        {
            Sql.Execute(
                connection,
                """
                INSERT INTO mentions(account, conversation, seq, message) VALUES ($account, $conversation, $seq, $message)
                """,
                ("$account", account), ("$conversation", conversation.Value), ("$seq", change.Seq), ("$message", message.Id));
        }
        return ChangeOutcome.Applied(number);
    }

    private ChangeOutcome Erase(ConversationId conversation, LoggedChange change, ChangedMessage message)
    {
        var number = Store(conversation, change);
        Sql.Execute(
            connection, "UPDATE messages SET text = '', mentions = NULL, edited_at = NULL, erased = 1, rev = $rev WHERE id = $id",
            ("$rev", number), ("$id", message.Id));
        if (message.HasMentions) DropMentions(conversation, change.Seq);
        foreach (var table in (string[])["reactions", "reaction_counts"])
        {
            Sql.Execute(
                connection, $"DELETE FROM {table} WHERE conversation = $conversation AND seq = $seq",
                ("$conversation", conversation.Value), ("$seq", change.Seq));
        }
        return ChangeOutcome.Applied(number);
    }

    private ChangeOutcome React(ConversationId conversation, LoggedChange change, ChangedMessage message)
    {
        if (HasReacted(conversation, change)) return ChangeOutcome.NothingToDo;
        if (IsFull(conversation, change)) return ChangeOutcome.Refused(RefusalCode.TooManyReactions);
        var number = Store(conversation, change);
        OfEmoji(
            "INSERT INTO reactions(conversation, seq, emoji, identity, name, rev) VALUES ($conversation, $seq, $emoji, $by, $name, $rev)",
            conversation, change, number);
        OfEmoji(
            """
            INSERT INTO reaction_counts(conversation, seq, emoji, count, rev) VALUES ($conversation, $seq, $emoji, 1, $rev)
            ON CONFLICT (conversation, seq, emoji) DO UPDATE SET count = reaction_counts.count + 1
            """,
            conversation, change, number);
        Touch(message, number);
        return ChangeOutcome.Applied(number);
    }

    private ChangeOutcome Unreact(ConversationId conversation, LoggedChange change, ChangedMessage message)
    {
        if (!HasReacted(conversation, change)) return ChangeOutcome.NothingToDo;
        var number = Store(conversation, change);
        const string Here = "WHERE conversation = $conversation AND seq = $seq AND emoji = $emoji";
        OfEmoji($"DELETE FROM reactions {Here} AND identity = $by", conversation, change, number);
        OfEmoji($"UPDATE reaction_counts SET count = count - 1 {Here}", conversation, change, number);
        OfEmoji($"DELETE FROM reaction_counts {Here} AND count <= 0", conversation, change, number);
        Touch(message, number);
        return ChangeOutcome.Applied(number);
    }

    private bool HasReacted(ConversationId conversation, LoggedChange change) => Sql.Number(
        connection,
        """
        SELECT EXISTS (SELECT 1 FROM reactions
            WHERE conversation = $conversation AND seq = $seq AND emoji = $emoji AND identity = $by)
        """,
        ("$conversation", conversation.Value), ("$seq", change.Seq), ("$emoji", change.Emoji), ("$by", change.Identity)) != 0;

    private bool IsFull(ConversationId conversation, LoggedChange change) => Sql.Rows(
        connection,
        """
        SELECT count(*), count(*) FILTER (WHERE emoji = $emoji) FROM reaction_counts WHERE conversation = $conversation AND seq = $seq
        """,
        row => row.Number(0) >= ProtocolLimits.ReactionsPerMessage && row.Number(1) == 0,
        ("$emoji", change.Emoji), ("$conversation", conversation.Value), ("$seq", change.Seq))[0];

    private void OfEmoji(string sql, ConversationId conversation, LoggedChange change, long number) => Sql.Execute(
        connection, sql,
        ("$conversation", conversation.Value), ("$seq", change.Seq), ("$emoji", change.Emoji), ("$by", change.Identity),
        ("$name", change.From), ("$rev", number));

    private void Touch(ChangedMessage message, long number) =>
        Sql.Execute(connection, "UPDATE messages SET rev = $rev WHERE id = $id", ("$rev", number), ("$id", message.Id));

    private void DropMentions(ConversationId conversation, long seq) => Sql.Execute(
        connection, "DELETE FROM mentions WHERE conversation = $conversation AND seq = $seq",
        ("$conversation", conversation.Value), ("$seq", seq));

    /// <summary>Of direct conversations, a change counts like the newest message of all.</summary>
    /// <returns>The change's number.</returns>
    private long Store(ConversationId conversation, LoggedChange change)
    {
        var number = Sql.Rows(
            connection,
            """
            UPDATE conversations SET last_rev = last_rev + 1,
                latest = CASE WHEN first_identity IS NULL THEN NULL ELSE (SELECT max(id) FROM messages) END
            WHERE id = $id RETURNING last_rev
            """,
            row => (long?)row.Number(0), ("$id", conversation.Value)).SingleOrDefault()
            ?? throw new LogRefusedException($"There is no conversation {conversation.Value}.");
        Sql.Execute(
            connection,
            """
            INSERT INTO changes(conversation, rev, seq, kind, identity, name, emoji, session, client_id, at)
            VALUES ($conversation, $rev, $seq, $kind, $by, $name, $emoji, $session, $client_id, $at)
            """,
            ("$conversation", conversation.Value), ("$rev", number), ("$seq", change.Seq), ("$kind", change.Kind), ("$by", change.Identity),
            ("$name", change.From), ("$emoji", change.Emoji), ("$session", change.Session), ("$client_id", change.ClientId),
            ("$at", change.AtMs));
        return number;
    }

    private sealed record ChangedMessage(long Id, bool IsErased, string Text, bool HasMentions);
}
