using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Accounts;

/// <summary>
/// Erases the rows of an account, table by table, as <see cref="AccountTables"/> says. It reads a slice at a time to find them, and changes
/// so few in one write that messages hardly wait. After an interruption it starts over: rows that are erased are not found again.
/// </summary>
internal sealed class RowErasure(DatabaseWriter writer, DatabaseReaders readers, TimeProvider time)
{
    /// <summary>Rows of a table that are looked at in one go.</summary>
    private const int SliceRows = 1_000;

    /// <summary>Rows that are changed in one write. With long texts and a cold cache it takes the writer some 10 ms.</summary>
    private const int WriteRows = 100;

    /// <summary>After each write, for the disk.</summary>
    private static readonly TimeSpan WritePause = TimeSpan.FromMilliseconds(20);

    /// <returns>How many rows were changed or deleted.</returns>
    public async Task<long> RunAsync(Erasure erasure, CancellationToken cancellation)
    {
        if (erasure.IsNameForgotten) return 0; // an empty name would find rows of others
        var rows = 0L;
        foreach (var table in AccountTables.All)
            foreach (var change in table.Erased) rows += await ChangeAsync(table, change, erasure, cancellation);
        return rows;
    }

    private async Task<long> ChangeAsync(AccountTable table, RowChange change, Erasure erasure, CancellationToken cancellation)
    {
        var (rows, after) = (0L, table.First);
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            var (last, keys) = await FindAsync(table, change, erasure, after, cancellation);
            if (last is null) return rows;
            after = last;
            await Task.Delay(Stopwatch.GetElapsedTime(began), time, cancellation);
            foreach (var few in keys.Chunk(WriteRows))
            {
                rows += await writer.WriteLikeMessagesAsync(connection => Sql.Execute(
                    connection, Statement(table, change), [.. erasure.Parameters, (table.Keys, $"[{string.Join(',', few)}]")]));
                await Task.Delay(WritePause, time, cancellation);
            }
        }
    }

    /// <returns>The key of the slice's last row, null if there is no slice, and as JSON the keys of the rows to change.</returns>
    private ValueTask<(object? Last, List<string> Keys)> FindAsync(
        AccountTable table, RowChange change, Erasure erasure, object after, CancellationToken cancellation) => readers.ReadAsync(
        reader =>
        {
            var last = TableSlice.LastKey(reader, table, erasure.Parameters, after, SliceRows);
            return (last, last is null ? [] : reader.Rows(
                TableSlice.Select(table, table.Key, change.Where),
                row => JsonOf(row.GetValue(0)),
                [.. erasure.Parameters, ("$after", after), ("$last", last)]));
        },
        cancellation);

    private static string JsonOf(object key) => key is long number
        ? number.ToString(CultureInfo.InvariantCulture)
        : $"\"{JsonEncodedText.Encode((string)key)}\"";

    private static string Statement(AccountTable table, RowChange change)
    {
        var rows = $"WHERE {table.Among} AND {table.Key} IN (SELECT value FROM json_each({table.Keys})) AND ({change.Where})";
        return change.Set is { } values ? $"UPDATE {table.Name} SET {values} {rows}" : $"DELETE FROM {table.Name} {rows}";
    }
}
