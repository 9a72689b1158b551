using System.Data.Common;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>
/// Messages whose words the search index must look at again, or forget, in the order in which that happened. Triggers fill it, so that no
/// way of changing a row can forget the index. Numbers of entries are never reused: the index keeps the last one that it has seen.
/// </summary>
internal static class UnindexedList
{
    public const string Migration = """
        CREATE TABLE unindexed(id INTEGER PRIMARY KEY AUTOINCREMENT, message INTEGER NOT NULL) STRICT;
        CREATE TRIGGER messages_changed AFTER UPDATE OF text, sender ON messages
            WHEN OLD.text IS NOT NEW.text OR OLD.sender IS NOT NEW.sender
            BEGIN INSERT INTO unindexed(message) VALUES (OLD.id); END;
        CREATE TRIGGER messages_deleted AFTER DELETE ON messages
            BEGIN INSERT INTO unindexed(message) VALUES (OLD.id); END;
        """;

    /// <summary>Takes entries up to <paramref name="through"/> off the list, at most <paramref name="limit"/>.</summary>
    /// <returns>How many.</returns>
    public static int Trim(DbConnection connection, long through, int limit) => Sql.Execute(
        connection,
        "DELETE FROM unindexed WHERE id IN (SELECT id FROM unindexed WHERE id <= $through ORDER BY id LIMIT $limit)",
        ("$through", through), ("$limit", (long)limit));
}
