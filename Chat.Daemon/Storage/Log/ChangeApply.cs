using Chat.Daemon.Storage.Sqlite;
using Chat.Protocol;
using SQLitePCL;

namespace Chat.Daemon.Storage.Log;

/// <summary>The statements that change messages in a SQLite file.</summary>
internal sealed class ChangeApply : ChangeRules, IDisposable
{
    /// <summary>
    /// Others wait for this transaction. What is left of a message with more reactions shows nowhere, and goes with the message.
    /// </summary>
    private const int ReactionsDropped = 1_000;

    private readonly List<RawStatement> all = [];
    private readonly MentionInsert mentions;
    private readonly RawStatement find, rev, edit, erase, touch, insert;
    private readonly RawStatement reacted, emojis, react, countUp, unreact, countDown, dropCount, dropReactions, dropCounts;

    public ChangeApply(sqlite3 database, MentionInsert mentions)
    {
        this.mentions = mentions;
        find = Prepare(database, """
            SELECT id, erased, text, mentions IS NOT NULL FROM messages WHERE conversation = ?1 AND seq = ?2
            AND seq > (SELECT pruned_through FROM conversations WHERE id = ?1)
            """);
        rev = Prepare(database, "UPDATE conversations SET last_rev = last_rev + 1 WHERE id = ?1 RETURNING last_rev");
        edit = Prepare(database, "UPDATE messages SET text = ?3, mentions = ?4, edited_at = ?5, rev = ?2 WHERE id = ?1");
        erase = Prepare(database, """
            UPDATE messages SET text = '', mentions = NULL, edited_at = NULL, erased = 1, rev = ?2 WHERE id = ?1
            """);
        touch = Prepare(database, "UPDATE messages SET rev = ?2 WHERE id = ?1");
        insert = Prepare(database, """
            INSERT INTO changes(conversation, rev, seq, kind, identity, name, emoji, session, client_id, at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """);
        reacted = Prepare(database, "SELECT 1 FROM reactions WHERE conversation = ?1 AND seq = ?2 AND emoji = ?3 AND identity = ?4");
        emojis = Prepare(database, """
            SELECT count(*), coalesce(sum(emoji = ?3), 0) FROM reaction_counts WHERE conversation = ?1 AND seq = ?2
            """);
        react = Prepare(database, """
            INSERT INTO reactions(conversation, seq, emoji, identity, name, rev) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """);
        countUp = Prepare(database, """
            INSERT INTO reaction_counts(conversation, seq, emoji, count, rev) VALUES (?1, ?2, ?3, 1, ?4)
            ON CONFLICT DO UPDATE SET count = count + 1
            """);
        unreact = Prepare(database, "DELETE FROM reactions WHERE conversation = ?1 AND seq = ?2 AND emoji = ?3 AND identity = ?4");
        countDown = Prepare(database, "UPDATE reaction_counts SET count = count - 1 WHERE conversation = ?1 AND seq = ?2 AND emoji = ?3");
        dropCount = Prepare(database, """
            DELETE FROM reaction_counts WHERE conversation = ?1 AND seq = ?2 AND emoji = ?3 AND count <= 0
            """);
        dropReactions = Prepare(database, $"""
            DELETE FROM reactions WHERE (conversation, seq, emoji, identity) IN (
                SELECT conversation, seq, emoji, identity FROM reactions WHERE conversation = ?1 AND seq = ?2 LIMIT {ReactionsDropped})
            """);
        dropCounts = Prepare(database, "DELETE FROM reaction_counts WHERE conversation = ?1 AND seq = ?2");
    }

    public void Dispose() => all.ForEach(statement => statement.Dispose());

    private RawStatement Prepare(sqlite3 database, string sql)
    {
        var statement = new RawStatement(database, sql);
        all.Add(statement);
        return statement;
    }

    protected override ChangedMessage? Find(ConversationId conversation, long seq)
    {
        try
        {
            if (!find.Bind(1, conversation.Value).Bind(2, seq).Step()) return null;
            return new(find.Number(0), find.Number(1) != 0, find.Text(2), find.Number(3) != 0);
        }
        finally
        {
            find.Reset();
        }
    }

    protected override void Write(ConversationId conversation, LoggedChange change, ChangedMessage message, long number)
    {
        edit.Bind(1, message.Id).Bind(2, number).Bind(3, change.Text).Bind(4, change.Mentions).Bind(5, change.AtMs).Run();
        if (message.HasMentions) mentions.Drop(conversation, change.Seq);
        mentions.Insert(conversation, change.Seq, change.MentionedAccounts);
    }

    protected override void Clear(ConversationId conversation, LoggedChange change, ChangedMessage message, long number)
    {
        erase.Bind(1, message.Id).Bind(2, number).Run();
        if (message.HasMentions) mentions.Drop(conversation, change.Seq);
        dropReactions.Bind(1, conversation.Value).Bind(2, change.Seq).Run();
        dropCounts.Bind(1, conversation.Value).Bind(2, change.Seq).Run();
    }

    protected override void AddReaction(ConversationId conversation, LoggedChange change, ChangedMessage message, long number)
    {
        OfEmoji(react, conversation, change).Bind(4, change.Identity).Bind(5, change.From).Bind(6, number).Run();
        OfEmoji(countUp, conversation, change).Bind(4, number).Run();
        touch.Bind(1, message.Id).Bind(2, number).Run();
    }

    protected override void RemoveReaction(ConversationId conversation, LoggedChange change, ChangedMessage message, long number)
    {
        OfEmoji(unreact, conversation, change).Bind(4, change.Identity).Run();
        OfEmoji(countDown, conversation, change).Run();
        OfEmoji(dropCount, conversation, change).Run();
        touch.Bind(1, message.Id).Bind(2, number).Run();
    }

    protected override bool HasReacted(ConversationId conversation, LoggedChange change)
    {
        try
        {
            return OfEmoji(reacted, conversation, change).Bind(4, change.Identity).Step();
        }
        finally
        {
            reacted.Reset();
        }
    }

    protected override bool IsFull(ConversationId conversation, LoggedChange change)
    {
        try
        {
            OfEmoji(emojis, conversation, change).Step();
            return emojis.Number(0) >= ProtocolLimits.ReactionsPerMessage && emojis.Number(1) == 0;
        }
        finally
        {
            emojis.Reset();
        }
    }

    private static RawStatement OfEmoji(RawStatement statement, ConversationId conversation, LoggedChange change) =>
        statement.Bind(1, conversation.Value).Bind(2, change.Seq).Bind(3, change.Emoji);

    protected override long Store(ConversationId conversation, LoggedChange change)
    {
        var number = NextRev(conversation);
        insert.Bind(1, conversation.Value).Bind(2, number).Bind(3, change.Seq).Bind(4, change.Kind).Bind(5, change.Identity)
            .Bind(6, change.From).Bind(7, change.Emoji).Bind(8, change.Session).Bind(9, change.ClientId).Bind(10, change.AtMs).Run();
        return number;
    }

    private long NextRev(ConversationId conversation)
    {
        try
        {
            if (!rev.Bind(1, conversation.Value).Step())
                throw new LogRefusedException($"There is no conversation {conversation.Value}.");
            return rev.Number(0);
        }
        finally
        {
            rev.Reset();
        }
    }
}
