using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Storage.Log;

/// <summary>The statements of an append, within the writer's transaction.</summary>
internal sealed class LogAppend : IDisposable
{
    private readonly sqlite3 database;
    private readonly RawStatement last;
    private readonly RawStatement latest;
    private readonly MessageInsert messages;
    private readonly MentionInsert mentions;
    private readonly ChangeApply changes;

    public LogAppend(SqliteConnection connection)
    {
        database = connection.Handle!;
        last = new RawStatement(database, """
            SELECT max(coalesce((SELECT max(seq) FROM messages WHERE conversation = ?1), 0),
                       coalesce((SELECT pruned_through FROM conversations WHERE id = ?1), 0)),
                   EXISTS (SELECT 1 FROM conversations WHERE id = ?1 AND kind = 'room' AND name_key IS NULL)
            """);
        latest = new RawStatement(database, """
            UPDATE conversations SET latest = (SELECT seq FROM sqlite_sequence WHERE name = 'messages')
            WHERE id = ?1 AND first_identity IS NOT NULL
            """);
        messages = new MessageInsert(database);
        mentions = new MentionInsert(database);
        changes = new ChangeApply(database, mentions);
    }

    /// <returns>The outcomes of the changes, in their order.</returns>
    /// <exception cref="LogRefusedException">The numbers do not continue the conversation, or it is a deleted room.</exception>
    public IReadOnlyList<ChangeOutcome> Append(ConversationId conversation, IReadOnlyList<LogEntry> entries)
    {
        var next = Last(conversation) + 1;
        List<ChangeOutcome>? outcomes = null;
        foreach (var entry in entries)
        {
            if (entry is LoggedMessage message)
            {
                LogRefusedException.ThrowUnlessNext(conversation, message.Seq, next++);
                messages.Insert(conversation, message);
                mentions.Insert(conversation, message.Seq, message.MentionedAccounts);
            }
            else
            {
                (outcomes ??= []).Add(changes.Apply(conversation, (LoggedChange)entry));
            }
        }
        if (outcomes is null || outcomes.Count < entries.Count || outcomes.Exists(outcome => outcome.Rev is not null))
            MarkLatest(conversation);
        return outcomes ?? (IReadOnlyList<ChangeOutcome>)[];
    }

    public void Dispose()
    {
        last.Dispose();
        latest.Dispose();
        messages.Dispose();
        mentions.Dispose();
        changes.Dispose();
    }

    private long Last(ConversationId conversation)
    {
        try
        {
            last.Bind(1, conversation.Value).Step();
            return last.Number(1) == 0
                ? last.Number(0)
                : throw new LogRefusedException($"Conversation {conversation.Value} is a deleted room.");
        }
        finally
        {
            last.Reset();
        }
    }

    /// <summary>
    /// For the order of direct conversations; of rooms it changes nothing. A change counts like the newest message of all.
    /// </summary>
    private void MarkLatest(ConversationId conversation) => latest.Bind(1, conversation.Value).Run();
}
