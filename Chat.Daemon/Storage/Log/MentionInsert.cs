using Chat.Daemon.Storage.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Storage.Log;

/// <summary>The statements that keep whom a message mentions, within the writer's transaction.</summary>
internal sealed class MentionInsert(sqlite3 database) : IDisposable
{
    private readonly RawStatement insert = new(database, """
        INSERT INTO mentions(account, conversation, seq, message)
        SELECT ?3, conversation, seq, id FROM messages WHERE conversation = ?1 AND seq = ?2
        """);

    private readonly RawStatement drop = new(database, "DELETE FROM mentions WHERE conversation = ?1 AND seq = ?2");

    /// <param name="accounts">Null for nobody.</param>
    public void Insert(ConversationId conversation, long seq, IReadOnlyList<long>? accounts)
    {
        if (accounts is null) return;
        foreach (var account in accounts) insert.Bind(1, conversation.Value).Bind(2, seq).Bind(3, account).Run();
    }

    public void Drop(ConversationId conversation, long seq) => drop.Bind(1, conversation.Value).Bind(2, seq).Run();

    public void Dispose()
    {
        insert.Dispose();
        drop.Dispose();
    }
}
