using Chat.Daemon.Storage;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Search;

/// <summary>
/// Writes the index: one transaction for each step, with how far it has come. After a failure it cannot be used further: open another.
/// For the index's thread.
/// </summary>
internal sealed class IndexWriter : IDisposable
{
    /// <summary>Messages read at once: the longest are 16 MB.</summary>
    private const int SliceMessages = 1_000;

    /// <summary>Messages indexed in one transaction. FTS5 makes a segment of each, and merges segments: few large ones cost less.</summary>
    private const int StepMessages = 8 * SliceMessages;

    private readonly SqliteConnection connection;
    private readonly IndexedText text = new();
    private readonly IndexParts parts;
    private readonly TableStatements inserts;

    public IndexWriter(SqliteConnection connection)
    {
        this.connection = connection;
        parts = new IndexParts(connection);
        inserts = new TableStatements(connection);
        Progress = IndexSchema.ProgressIn(connection);
    }

    public IndexProgress Progress { get; private set; }

    public IEnumerable<IndexPart> Parts => parts.All;

    /// <summary>Called when a part begins to hold words that have gone.</summary>
    public required Action<IndexPart> BecameStale { get; init; }

    /// <summary>Indexes at most a step of new messages, and looks again at a slice of those that were changed.</summary>
    /// <returns>Whether there may be more.</returns>
    public bool Feed(IndexSource source)
    {
        using var snapshot = source.TakeSnapshot();
        var last = source.Last;
        if (last == Progress) return false;
        var entries = source.Entries(Progress.Entry, SliceMessages);
        var seenEntry = entries.Count < SliceMessages ? last.Entry : entries[^1].Id;
        var seenMessage = Progress.Message;
        Commit(() =>
        {
            // Later ones are read as they are now. FTS5 likes ascending ids: each step back begins a new segment.
            foreach (var changed in entries.Select(entry => entry.Message).Where(id => id <= Progress.Message).Distinct().Order())
                LookAgain(source, changed);
            seenMessage = InsertNew(source, last.Message);
            IndexSchema.SetProgress(connection, new IndexProgress(seenMessage, seenEntry));
        });
        Progress = new IndexProgress(seenMessage, seenEntry);
        return Progress != last;
    }

    /// <summary>Builds a part from the database as it is now, in place of what it held.</summary>
    public void Build(IndexSource source, IndexPart part)
    {
        using var snapshot = source.TakeSnapshot();
        Commit(() =>
        {
            var through = Math.Min(part.Last, Progress.Message);
            var after = part.First - 1;
            IndexPart? built = null;
            List<IndexedMessage> slice;
            while ((slice = source.Read(after, through, SliceMessages)).Count > 0)
            {
                built ??= parts.CreateTable(part.Number);
                foreach (var message in slice) Insert(built.Value, message);
                after = slice[^1].Id;
            }
            parts.Replace(part, built ?? part with { Build = null, IsComplete = true, Staleness = Staleness.None });
        });
    }

    /// <summary>Drops what a part holds, at once: to be built later.</summary>
    public void Drop(IndexPart part)
    {
        Commit(() => parts.Replace(part, part with { Build = null, IsComplete = false, Staleness = Staleness.None }));
    }

    public void Dispose()
    {
        inserts.Dispose();
        connection.Dispose();
    }

    /// <returns>The last message that need not be read again.</returns>
    private long InsertNew(IndexSource source, long last)
    {
        var seen = Progress.Message;
        for (var read = 0; read < StepMessages; read += SliceMessages)
        {
            var slice = source.Read(seen, last, SliceMessages);
            foreach (var message in slice)
                if (parts.ForNew(message.Id) is { } part) Insert(part, message);
            if (slice.Count < SliceMessages) return last;
            seen = slice[^1].Id;
        }
        return seen;
    }

    private void LookAgain(IndexSource source, long message)
    {
        if (parts.Of(message) is not { Build: not null } part) return;
        var found = source.Find(message);
        var staleness = found is not null || source.Exists(message) ? Staleness.Replaced : Staleness.Deleted;
        if (parts.TryMark(part, staleness) is { } marked) BecameStale(marked);
        // Beside the old words, which no longer lead to it: every hit is compared with the message as it is.
        if (found is { } changed) Insert(part, changed);
    }

    private void Insert(IndexPart part, IndexedMessage message)
    {
        var insert = inserts.Of($"INSERT INTO {part.Table}(rowid, words) VALUES (?1, ?2)");
        insert.Bind(1, message.Id).Bind(2, text.Of(message)).Run();
    }

    private void Commit(Action write)
    {
        try
        {
            Sql.Execute(connection, "BEGIN IMMEDIATE");
            write();
            Sql.Execute(connection, "COMMIT");
        }
        catch (SqliteException e)
        {
            throw DiskFull.Clear(e, connection);
        }
    }
}
