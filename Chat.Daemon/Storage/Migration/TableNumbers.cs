using System.Data.Common;

namespace Chat.Daemon.Storage.Migration;

/// <summary>The last number that a table has given to a row. It is not given again, even if the row is gone.</summary>
internal static class TableNumbers
{
    /// <returns>0 if the table gives none, or has given none yet.</returns>
    public static long Read(DbConnection connection, MigratedTable table)
    {
        if (Sql.IsFile(connection))
            return Sql.Number(connection, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = $table", ("$table", table.Name));
        return SequenceOf(connection, table) is { } sequence
            ? Sql.Number(connection, $"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}") : 0;
    }

    /// <summary>Goes on after that number, or after the last row.</summary>
    public static void Write(DbConnection connection, MigratedTable table, long number)
    {
        if (Sql.IsFile(connection))
        {
            if (!HasSequence(connection, table)) return;
            Sql.Execute(connection, "DELETE FROM sqlite_sequence WHERE name = $table", ("$table", table.Name));
            if (number == 0) return;
            Sql.Execute(
                connection, "INSERT INTO sqlite_sequence(name, seq) VALUES ($table, $number)", ("$table", table.Name), ("$number", number));
            return;
        }
        if (SequenceOf(connection, table) is not { } sequence) return;
        var last = TableShape.LastKey(connection, table) is [long key] ? Math.Max(number, key) : number;
        Sql.Number(
            connection, $"SELECT setval('{sequence}', $last, $given)", ("$last", Math.Max(last, 1)), ("$given", last > 0));
    }

    private static bool HasSequence(DbConnection connection, MigratedTable table) => Sql.Number(
        connection, "SELECT count(*) FROM sqlite_schema WHERE name = $table AND sql LIKE '%AUTOINCREMENT%'", ("$table", table.Name)) > 0;

    /// <returns>With its schema; null if nothing counts there.</returns>
    private static string? SequenceOf(DbConnection connection, MigratedTable table) => Sql.Rows(
        connection, "SELECT pg_get_serial_sequence($table, $key)", row => row.IsDBNull(0) ? null : row.GetString(0),
        ("$table", table.Name), ("$key", table.Key[0])).Single();
}
