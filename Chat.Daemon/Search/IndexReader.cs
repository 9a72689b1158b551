using System.Diagnostics;
using Chat.Daemon.Storage;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Search;

/// <summary>A read-only connection to the index, with its prepared statements. For one thread at a time.</summary>
internal sealed class IndexReader(SqliteConnection connection) : IDisposable
{
    private readonly TableStatements statements = new(connection);

    /// <summary>
    /// The newest messages in which the index has all terms. The parts are searched one after the other, so that a word that is everywhere
    /// costs no more than the part in which the page is full.
    /// </summary>
    /// <param name="deadline">A timestamp of <see cref="Stopwatch"/>.</param>
    public IndexFindings Find(IndexQuery query, long before, int limit, long deadline)
    {
        Sql.Execute(connection, "BEGIN");
        try
        {
            var parts = Sql.Rows(
                connection, "SELECT number, build, complete, staleness FROM parts WHERE number <= $number ORDER BY number DESC",
                IndexSchema.ToPart, ("$number", IndexPart.NumberOf(before - 1)));
            return Find(parts, query, before, limit, deadline);
        }
        finally
        {
            Sql.Execute(connection, "ROLLBACK");
        }
    }

    public void Dispose()
    {
        statements.Dispose();
        connection.Dispose();
    }

    private IndexFindings Find(List<IndexPart> parts, IndexQuery query, long before, int limit, long deadline)
    {
        var ids = new List<long>();
        foreach (var part in parts)
        {
            var seen = Math.Min(before, part.Last + 1);
            if (!part.IsComplete) return new(ids, seen, SearchStop.Unindexed);
            if (Stopwatch.GetTimestamp() > deadline) return new(ids, seen, SearchStop.Deadline);
            if (part.Build is null || (query.IsProbed && !Any(part, query.Words))) continue;
            AddTo(ids, part, query, before, limit);
            if (ids.Count == limit) return new(ids, ids[^1], null);
        }
        return new(ids, 0, null);
    }

    private bool Any(IndexPart part, string words)
    {
        var any = statements.Of($"SELECT 1 FROM {part.Table} WHERE {part.Table} MATCH ?1 LIMIT 1");
        try
        {
            return any.Bind(1, words).Step();
        }
        finally
        {
            any.Reset();
        }
    }

    private void AddTo(List<long> ids, IndexPart part, IndexQuery query, long before, int limit)
    {
        var match = statements.Of(
            $"SELECT rowid FROM {part.Table} WHERE {part.Table} MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT ?3");
        try
        {
            match.Bind(1, query.All).Bind(2, before).Bind(3, (long)(limit - ids.Count));
            while (match.Step()) ids.Add(match.Number(0));
        }
        finally
        {
            match.Reset();
        }
    }
}
