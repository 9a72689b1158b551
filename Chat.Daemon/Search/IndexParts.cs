using Chat.Daemon.Storage;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Search;

/// <summary>The parts of the index and their tables, within the transactions of <see cref="IndexWriter"/>.</summary>
internal sealed class IndexParts
{
    private readonly SqliteConnection connection;
    private readonly SortedDictionary<long, IndexPart> parts = [];
    private long builds;

    public IndexParts(SqliteConnection connection)
    {
        this.connection = connection;
        foreach (var part in IndexSchema.PartsIn(connection)) parts.Add(part.Number, part);
        builds = parts.Values.Max(part => part.Build) ?? 0;
    }

    public IEnumerable<IndexPart> All => parts.Values;

    public IndexPart? Of(long message) => parts.TryGetValue(IndexPart.NumberOf(message), out var part) ? part : null;

    /// <returns>Where the newest message goes; null if the part is yet to be built, with all of its messages.</returns>
    public IndexPart? ForNew(long message)
    {
        var number = IndexPart.NumberOf(message);
        if (parts.TryGetValue(number, out var part))
        {
            if (part.Build is not null) return part;
            if (!part.IsComplete) return null;
        }
        // The part before gets no more messages. As one segment it is smaller, and searched faster.
        if (parts.TryGetValue(number - 1, out var before) && before.Build is not null)
            Sql.Execute(connection, $"INSERT INTO {before.Table}({before.Table}) VALUES ('optimize')");
        var created = CreateTable(number);
        Store(created);
        return created;
    }

    /// <returns>The part with its new table, not stored yet.</returns>
    public IndexPart CreateTable(long number)
    {
        var part = new IndexPart(number, ++builds, IsComplete: true, Staleness.None);
        // Prefixes of three and more characters are few words. Without a list of the shorter ones, one of them takes half a second.
        Sql.Execute(
            connection,
            $"""
            CREATE VIRTUAL TABLE {part.Table}
            USING fts5(words, content='', columnsize=0, detail=none, prefix='1 2', tokenize="{IndexTerms.Tokenizer}")
            """);
        // As much as a whole part, so that building one writes a single segment.
        Sql.Execute(connection, $"INSERT INTO {part.Table}({part.Table}, rank) VALUES ('hashsize', {32 << 20})");
        return part;
    }

    /// <summary>Stores the new state of a part, and drops its old table.</summary>
    public void Replace(IndexPart old, IndexPart part)
    {
        Store(part);
        if (old.Build is not null) Sql.Execute(connection, $"DROP TABLE {old.Table}");
    }

    /// <returns>The part as it is now; null if it was marked so already, or more.</returns>
    public IndexPart? TryMark(IndexPart part, Staleness staleness)
    {
        if (part.Staleness >= staleness) return null;
        var marked = part with { Staleness = staleness };
        Store(marked);
        return marked;
    }

    private void Store(IndexPart part)
    {
        Sql.Execute(
            connection,
            "INSERT OR REPLACE INTO parts(number, build, complete, staleness) VALUES ($number, $build, $complete, $staleness)",
            ("$number", part.Number), ("$build", part.Build), ("$complete", part.IsComplete), ("$staleness", (long)part.Staleness));
        parts[part.Number] = part;
    }
}
