using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Files;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Search;

/// <summary>The database as the index reads it, on a connection of its own. For the index's thread.</summary>
internal sealed class IndexSource : IDisposable
{
    private const string Select = """
        SELECT messages.id, conversation, sender, text, coalesce(first_identity, ''), coalesce(second_identity, '')
        FROM messages JOIN conversations ON conversations.id = conversation
        """;

    private readonly SqliteConnection connection;
    private readonly RawStatement range, one, entries;

    public IndexSource(SqliteConnection connection)
    {
        this.connection = connection;
        var database = connection.Handle!;
        range = new RawStatement(
            database, $"{Select} WHERE messages.id > ?1 AND messages.id <= ?2 AND erased = 0 ORDER BY messages.id LIMIT ?3");
        one = new RawStatement(database, $"{Select} WHERE messages.id = ?1 AND erased = 0");
        entries = new RawStatement(database, "SELECT id, message FROM unindexed WHERE id > ?1 ORDER BY id LIMIT ?2");
    }

    /// <summary>The last message and the last entry that the database has ever given a number to.</summary>
    public IndexProgress Last => Guard(() => new IndexProgress(
        Sql.Number(connection, "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'messages'), 0)"),
        Sql.Number(connection, "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'unindexed'), 0)")));

    /// <summary>The first entry that is still listed; if none is, the one that will be next.</summary>
    public long FirstEntry => Guard(() => Sql.Number(
        connection,
        "SELECT coalesce((SELECT min(id) FROM unindexed), (SELECT seq FROM sqlite_sequence WHERE name = 'unindexed') + 1, 1)"));

    /// <summary>The length of the database.</summary>
    public long Bytes => Guard(() => Sql.Number(connection, DatabaseFile.SelectBytes));

    /// <summary>The oldest message kept; 0 if there is none.</summary>
    public long First => Guard(() => Sql.Number(connection, "SELECT coalesce(min(id), 0) FROM messages"));

    /// <summary>Until it is disposed, all reads see the same state.</summary>
    public IDisposable TakeSnapshot() => Guard(() => new Snapshot(connection));

    /// <summary>Messages after one and up to another, ascending. Erased ones are left out.</summary>
    public List<IndexedMessage> Read(long after, long through, int limit) => Guard(() =>
    {
        try
        {
            var messages = new List<IndexedMessage>();
            range.Bind(1, after).Bind(2, through).Bind(3, (long)limit);
            while (range.Step()) messages.Add(ToMessage(range));
            return messages;
        }
        finally
        {
            range.Reset();
        }
    });

    /// <returns>Null if it is gone, or erased.</returns>
    public IndexedMessage? Find(long message) => Guard<IndexedMessage?>(() =>
    {
        try
        {
            return one.Bind(1, message).Step() ? ToMessage(one) : null;
        }
        finally
        {
            one.Reset();
        }
    });

    public bool Exists(long message) => Guard(() =>
        Sql.Number(connection, "SELECT EXISTS (SELECT 1 FROM messages WHERE id = $id)", ("$id", message)) != 0);

    /// <summary>Messages that were changed or deleted, in that order.</summary>
    public List<(long Id, long Message)> Entries(long after, int limit) => Guard(() =>
    {
        try
        {
            var read = new List<(long, long)>();
            entries.Bind(1, after).Bind(2, (long)limit);
            while (entries.Step()) read.Add((entries.Number(0), entries.Number(1)));
            return read;
        }
        finally
        {
            entries.Reset();
        }
    });

    public void Dispose()
    {
        range.Dispose();
        one.Dispose();
        entries.Dispose();
        connection.Dispose();
    }

    private static IndexedMessage ToMessage(RawStatement row)
    {
        var (first, second) = (row.Text(4), row.Text(5));
        return new(
            row.Number(0), row.Number(1), row.Text(2), row.Text(3),
            first.Length == 0 ? null : first, second.Length == 0 || second == first ? null : second);
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException e)
        {
            throw new IndexSourceException(e);
        }
    }

    private sealed class Snapshot : IDisposable
    {
        private readonly SqliteConnection connection;

        public Snapshot(SqliteConnection connection)
        {
            this.connection = connection;
            Sql.Execute(connection, "BEGIN");
        }

        public void Dispose()
        {
            // Not after an error that has ended it.
            if (raw.sqlite3_get_autocommit(connection.Handle!) == 0) Sql.Execute(connection, "ROLLBACK");
        }
    }
}
