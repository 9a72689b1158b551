using Chat.Daemon.Storage.Log;
using Chat.Protocol;
using Npgsql;

namespace Chat.Daemon.Storage.Postgres;

/// <summary>The statements that change messages.</summary>
internal sealed class PostgresChanges(NpgsqlConnection connection) : ChangeRules
{
    private readonly WordFolder folder = new();

    protected override ChangedMessage? Find(ConversationId conversation, long seq) => Sql.Rows(
        connection,
        """
        SELECT id, erased, text, mentions IS NOT NULL FROM messages WHERE conversation = $conversation AND seq = $seq
        AND seq > (SELECT pruned_through FROM conversations WHERE id = $conversation AND (kind = 'direct' OR name_key IS NOT NULL))
        """,
        row => (ChangedMessage?)new ChangedMessage(row.Number(0), row.Flag(1), row.Text(2), row.Flag(3)),
        ("$conversation", conversation.Value), ("$seq", seq)).SingleOrDefault();

    protected override void Write(ConversationId conversation, LoggedChange change, ChangedMessage message, long number)
    {
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
    }

    protected override void Clear(ConversationId conversation, LoggedChange change, ChangedMessage message, long number)
    {
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
    }

    protected override void AddReaction(ConversationId conversation, LoggedChange change, ChangedMessage message, long number)
    {
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
    }

    protected override void RemoveReaction(ConversationId conversation, LoggedChange change, ChangedMessage message, long number)
    {
        const string Here = "WHERE conversation = $conversation AND seq = $seq AND emoji = $emoji";
        OfEmoji($"DELETE FROM reactions {Here} AND identity = $by", conversation, change, number);
        OfEmoji($"UPDATE reaction_counts SET count = count - 1 {Here}", conversation, change, number);
        OfEmoji($"DELETE FROM reaction_counts {Here} AND count <= 0", conversation, change, number);
        Touch(message, number);
    }

    protected override bool HasReacted(ConversationId conversation, LoggedChange change) => Sql.Number(
        connection,
        """
        SELECT EXISTS (SELECT 1 FROM reactions
            WHERE conversation = $conversation AND seq = $seq AND emoji = $emoji AND identity = $by)
        """,
        ("$conversation", conversation.Value), ("$seq", change.Seq), ("$emoji", change.Emoji), ("$by", change.Identity)) != 0;

    protected override bool IsFull(ConversationId conversation, LoggedChange change) => Sql.Rows(
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
    protected override long Store(ConversationId conversation, LoggedChange change)
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
}
