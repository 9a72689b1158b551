using Chat.Daemon.Storage.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Storage.Log;

/// <summary>The statements that append messages.</summary>
internal sealed class MessageInsert(sqlite3 database) : IDisposable
{
    private readonly RawStatement insert = new(database, """
        INSERT INTO messages(conversation, seq, sender, at, text, session, client_id, via, erased, identity, reply_to, mentions)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """);

    public void Insert(ConversationId conversation, LoggedMessage message) => insert
        .Bind(1, conversation.Value)
        .Bind(2, message.Seq)
        .Bind(3, message.From)
        .Bind(4, message.AtMs)
        .Bind(5, message.Text)
        .Bind(6, message.Session)
        .Bind(7, message.ClientId)
        .Bind(8, message.Via)
        .Bind(9, message.Erased ? 1 : 0)
        .Bind(10, message.Identity)
        .Bind(11, message.ReplyTo)
        .Bind(12, message.Mentions)
        .Run();

    public void Dispose() => insert.Dispose();
}
