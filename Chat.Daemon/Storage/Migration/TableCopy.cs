namespace Chat.Daemon.Storage.Migration;

/// <summary>Copies one table, from the last row on that the target has.</summary>
internal sealed class TableCopy(IMigrationSource source, IMigrationTarget target)
{
    /// <summary>Of one transaction: whichever comes first.</summary>
    private const int BatchRows = 2_000, BatchBytes = 4 << 20;

    /// <param name="tell">Called with the rows that are there, after each batch.</param>
    public void Run(MigratedTable table, Action<long> tell)
    {
        var columns = TableShape.Columns(source.Connection, table);
        if (!columns.SequenceEqual(TableShape.Columns(target.Connection, table)))
            throw new InvalidOperationException($"The table {table.Name} has other columns in the target.");
        using var insert = target.Insert(table, columns);
        var (batch, bytes, done) = (new List<object?[]>(), 0L, TableShape.Count(target.Connection, table));
        foreach (var row in TableShape.Rows(source.Connection, table, columns, TableShape.LastKey(target.Connection, table)))
        {
            batch.Add(row);
            bytes += row.Sum(SizeOf);
            if (batch.Count >= BatchRows || bytes >= BatchBytes) Insert();
        }
        if (batch.Count > 0) Insert();
        TableNumbers.Write(target.Connection, table, TableNumbers.Read(source.Connection, table));

        void Insert()
        {
            insert.Insert(batch);
            done += batch.Count;
            batch.Clear();
            bytes = 0;
            tell(done);
        }
    }

    private static int SizeOf(object? value) => value switch
    {
        string text => text.Length * sizeof(char),
        byte[] bytes => bytes.Length,
        _ => sizeof(long),
    };
}
