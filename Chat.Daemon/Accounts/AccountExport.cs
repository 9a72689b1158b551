using System.Buffers;
using System.Diagnostics;
using Chat.Daemon.Storage;

namespace Chat.Daemon.Accounts;

/// <summary>
/// Writes everything that the database keeps about an account, as lines of JSON. It reads a slice at a time and rests after each for as
/// long as it took, so that it needs little memory and hardly slows anybody down, however much there is.
/// </summary>
internal sealed class AccountExport(DatabaseReaders readers, TimeProvider time)
{
    /// <summary>The version of the format.</summary>
    private const int Format = 1;

    /// <summary>Rows of a table that are looked at in one go. With the longest texts they take 16 MB.</summary>
    private const int SliceRows = 1_000;

    /// <summary>Ends with a line of its own, so that a part of an export cannot pass for all of it.</summary>
    public async Task WriteAsync(AccountKey account, Func<ReadOnlyMemory<byte>, Task> write, CancellationToken cancellation)
    {
        var lines = new ArrayBufferWriter<byte>();
        ExportLine.WriteFirst(lines, Format, account.Name, time.GetUtcNow());
        var rows = 0L;
        foreach (var table in AccountTables.All.Where(table => table.Exported is not null))
        {
            var after = table.First;
            while (await NextSliceAsync(table, account, after, lines, cancellation) is { } slice)
            {
                var began = Stopwatch.GetTimestamp();
                rows += slice.Rows;
                after = slice.Last;
                await FlushAsync(lines, write);
                await Task.Delay(slice.Took + Stopwatch.GetElapsedTime(began), cancellation);
            }
        }
        ExportLine.WriteLast(lines, rows);
        await FlushAsync(lines, write);
    }

    private static async Task FlushAsync(ArrayBufferWriter<byte> lines, Func<ReadOnlyMemory<byte>, Task> write)
    {
        if (lines.WrittenCount > 0) await write(lines.WrittenMemory);
        lines.ResetWrittenCount();
    }

    /// <returns>Null if there is no row after <paramref name="after"/>.</returns>
    private ValueTask<Slice?> NextSliceAsync(
        AccountTable table, AccountKey account, object after, ArrayBufferWriter<byte> lines, CancellationToken cancellation) =>
        readers.ReadAsync(
            reader =>
            {
                var began = Stopwatch.GetTimestamp();
                if (TableSlice.LastKey(reader, table, account.Parameters, after, SliceRows) is not { } last) return null;
                var rows = reader.Rows(
                    TableSlice.Select(table, table.Exported!, table.Where),
                    row =>
                    {
                        ExportLine.Write(lines, table.Name, row);
                        return 0;
                    },
                    [.. account.Parameters, ("$after", after), ("$last", last)]);
                return new Slice(last, rows.Count, Stopwatch.GetElapsedTime(began));
            },
            cancellation);

    private sealed record Slice(object Last, int Rows, TimeSpan Took);
}
