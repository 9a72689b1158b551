using System.Diagnostics;
using Chat.Daemon.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Search;

/// <summary>
/// An open index and what keeps it true: new messages first, then one part that is stale or missing, then the write-ahead log. For the
/// index's thread.
/// </summary>
internal sealed class IndexUpkeep : IDisposable
{
    private readonly IndexSource source;
    private readonly SqliteConnection connection;
    private readonly IndexWriter writer;
    private readonly WriteAheadLog log;
    private readonly PartQueue stale;

    public IndexUpkeep(IndexSource source, SqliteConnection connection, WriteAheadLog log, TimeProvider time)
    {
        (this.source, this.connection, this.log) = (source, connection, log);
        stale = new PartQueue(time);
        writer = new IndexWriter(connection) { BecameStale = stale.Add };
        foreach (var part in writer.Parts.Where(part => part.Staleness != Staleness.None)) stale.AddLeft(part);
        log.RemovesTexts(); // an earlier process may have been killed before it emptied the file
    }

    public IndexProgress Progress => writer.Progress;

    /// <summary>Parts that are yet to be built.</summary>
    public int Missing => writer.Parts.Count(part => !part.IsComplete);

    /// <summary>Whether nothing is to be done before the next commit.</summary>
    public bool IsIdle => stale.IsEmpty && Missing == 0 && !log.HoldsRemoved && log.IsShort;

    private IndexPart? NewestMissing => writer.Parts.Where(part => !part.IsComplete).Select(part => (IndexPart?)part).LastOrDefault();

    /// <returns>Whether there may be more.</returns>
    public bool Feed() => writer.Feed(source);

    /// <summary>Drops, or builds, the part that needs it most.</summary>
    /// <returns>How long it took; null if none needs it now.</returns>
    public TimeSpan? BuildNext()
    {
        var began = Stopwatch.GetTimestamp();
        if (stale.NextOverdue() is { } late) Replace(late, writer.Drop);
        else if (stale.NextDue() is { } due) Replace(due, part => writer.Build(source, part));
        else if (NewestMissing is { } missing) writer.Build(source, missing);
        else return null;
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Makes every part due that is stale now.</summary>
    public void Hurry() => stale.Hurry();

    /// <returns>Whether nothing is left in the index of what was changed or deleted before the last <see cref="Hurry"/>.</returns>
    public bool TryForget() => !stale.HasHurried && log.TryEmptyNow(connection);

    public void ShortenLog() => log.Shorten(connection);

    public void Settle() => log.Settle(connection);

    public void Dispose() => writer.Dispose();

    private void Replace(IndexPart part, Action<IndexPart> replace)
    {
        replace(part);
        stale.Remove(part);
        log.RemovesTexts();
    }
}
