using System.Text;
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

    private readonly SqliteConnection connection;
    private readonly WordFolder folder = new();
    private readonly StringBuilder terms = new();
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

    /// <summary>Indexes new messages, and looks again at those that were changed: at most a slice of each.</summary>
    /// <returns>Whether there may be more.</returns>
    public bool Feed(IndexSource source)
    {
        using var snapshot = source.TakeSnapshot();
        var last = source.Last;
        if (last == Progress) return false;
        var entries = source.Entries(Progress.Entry, SliceMessages);
        var messages = source.Read(Progress.Message, long.MaxValue, SliceMessages);
        var seen = new IndexProgress(
            messages.Count < SliceMessages ? last.Message : messages[^1].Id,
            entries.Count < SliceMessages ? last.Entry : entries[^1].Id);
        Commit(() =>
        {
            // Later ones are read as they are now. FTS5 likes ascending ids: each step back begins a new segment.
            foreach (var changed in entries.Select(entry => entry.Message).Where(id => id <= Progress.Message).Distinct().Order())
                LookAgain(source, changed);
            foreach (var message in messages)
                if (parts.ForNew(message.Id) is { } part) Insert(part, message);
            IndexSchema.SetProgress(connection, seen);
        });
        Progress = seen;
        return messages.Count == SliceMessages || entries.Count == SliceMessages;
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
        IndexTerms.Write(terms, message, folder.Fold(message.Text));
        insert.Bind(1, message.Id).Bind(2, terms.ToString()).Run();
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
