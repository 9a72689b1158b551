using System.Data.Common;
using Chat.Daemon.Storage;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Search;

/// <summary>The tables of the index beside those of its parts. No migrations: an index of another version is built anew.</summary>
internal static class IndexSchema
{
    /// <summary>Raise it with every change of a table, of the terms, or of how texts are split into words.</summary>
    private const int Version = 1;

    /// <summary>"ChaS" in ASCII.</summary>
    private const int ApplicationId = 0x43686153;

    private const string Tables = """
        CREATE TABLE progress(numbering BLOB NOT NULL, message INTEGER NOT NULL, entry INTEGER NOT NULL) STRICT;
        CREATE TABLE parts(
            number INTEGER PRIMARY KEY,
            build INTEGER,
            complete INTEGER NOT NULL,
            staleness INTEGER NOT NULL
        ) STRICT;
        """;

    /// <param name="numbering">Identifies the numbers of messages that it is an index of.</param>
    /// <param name="last">The newest message. All until then are yet to be indexed, and nothing is before <paramref name="first"/>.</param>
    public static void Create(SqliteConnection connection, byte[] numbering, long first, IndexProgress last)
    {
        Sql.Execute(connection, "BEGIN IMMEDIATE");
        Sql.Execute(connection, Tables);
        Sql.Execute(
            connection, "INSERT INTO progress(numbering, message, entry) VALUES ($numbering, $message, $entry)",
            ("$numbering", numbering), ("$message", last.Message), ("$entry", last.Entry));
        if (first > 0)
        {
            Sql.Execute(
                connection,
                """
                WITH RECURSIVE numbers(number) AS (
                    SELECT $first UNION ALL SELECT number + 1 FROM numbers WHERE number < $last)
                INSERT INTO parts(number, build, complete, staleness) SELECT number, NULL, 0, 0 FROM numbers
                """,
                ("$first", IndexPart.NumberOf(first)), ("$last", IndexPart.NumberOf(last.Message)));
        }
        Sql.Execute(connection, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT");
    }

    /// <returns>Why the index must be built anew, as the end of a sentence; null if it fits the database.</returns>
    public static string? ReasonAgainst(SqliteConnection connection, byte[] numbering, IndexSource source)
    {
        if (Sql.Number(connection, "SELECT count(*) FROM sqlite_schema") == 0) return "there is none";
        if (Sql.Number(connection, "PRAGMA application_id") != ApplicationId || Sql.Number(connection, "PRAGMA user_version") != Version)
            return "the one on the disk is of another version of the daemon";
        var stored = Sql.Rows(connection, "SELECT numbering FROM progress", row => row.GetFieldValue<byte[]>(0)).Single();
        if (!numbering.AsSpan().SequenceEqual(stored)) return "the one on the disk is of another database, or of one since restored";
        var (seen, last) = (ProgressIn(connection), source.Last);
        if (seen.Message > last.Message || seen.Entry > last.Entry) return "the database has lost messages that are in it";
        // After a power loss it may lack its last commits, and with them changes that are no longer listed.
        return seen.Entry + 1 < source.FirstEntry ? "it has missed changes of messages" : null;
    }

    public static IndexProgress ProgressIn(SqliteConnection connection) => Sql.Rows(
        connection, "SELECT message, entry FROM progress", row => new IndexProgress(row.Number(0), row.Number(1))).Single();

    public static void SetProgress(SqliteConnection connection, IndexProgress progress) => Sql.Execute(
        connection, "UPDATE progress SET message = $message, entry = $entry",
        ("$message", progress.Message), ("$entry", progress.Entry));

    public static List<IndexPart> PartsIn(SqliteConnection connection) =>
        Sql.Rows(connection, "SELECT number, build, complete, staleness FROM parts", ToPart);

    public static IndexPart ToPart(DbDataReader row) =>
        new(row.Number(0), row.NumberOrNull(1), row.Flag(2), (Staleness)row.Number(3));
}
