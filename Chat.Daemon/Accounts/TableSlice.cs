using Chat.Daemon.Storage;

namespace Chat.Daemon.Accounts;

/// <summary>Reads a table slice by slice, in the order of its keys: however few rows are found, no read takes long.</summary>
internal static class TableSlice
{
    /// <returns>The key of the slice's last row; null if there are no rows after <paramref name="after"/>.</returns>
    public static object? LastKey(
        ReaderConnection reader, AccountTable table, IEnumerable<(string Name, object? Value)> parameters, object after, int rows) =>
        reader.Rows(
            $"""
            SELECT max(key) FROM (
                SELECT {table.Key} AS key FROM {table.Name} WHERE {table.Among} AND {table.Key} > $after ORDER BY {table.Key} LIMIT $rows)
                AS slice
            """,
            row => row.IsDBNull(0) ? null : row.GetValue(0),
            [.. parameters, ("$after", after), ("$rows", (long)rows)])[0];

    /// <summary>
    /// The rows of a slice that meet a condition: those after <c>$after</c>, up to <c>$last</c>. Another column may have the name of the
    /// key in the result.
    /// </summary>
    public static string Select(AccountTable table, string columns, string condition) => $"""
        SELECT {columns} FROM {table.Name}
        WHERE {table.Among} AND {table.Key} > $after AND {table.Key} <= $last AND ({condition})
        ORDER BY {table.Name}.{table.Key}
        """;
}
