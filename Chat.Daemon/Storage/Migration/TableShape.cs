using System.Data.Common;
using System.Globalization;

namespace Chat.Daemon.Storage.Migration;

/// <summary>What is to be known of a table on either engine.</summary>
internal static class TableShape
{
    /// <summary>The columns to copy, by name, in the same order on both engines.</summary>
    public static List<string> Columns(DbConnection connection, MigratedTable table)
    {
        var found = Sql.IsFile(connection)
            ? Sql.Rows(connection, "SELECT name FROM pragma_table_info($table)", row => row.Text(0), ("$table", table.Name))
            : Sql.Rows(
                connection,
                "SELECT CAST(column_name AS TEXT) FROM information_schema.columns "
                + "WHERE table_schema = current_schema() AND table_name = $table",
                row => row.Text(0), ("$table", table.Name));
        return [.. found.Union(table.Key).Where(column => column != MigratedTable.WordsColumn).Order(StringComparer.Ordinal)];
    }

    public static long Count(DbConnection connection, MigratedTable table) =>
        Convert.ToInt64(Scalar(connection, $"SELECT count(*) FROM {table.Name}"), CultureInfo.InvariantCulture);

    public static bool HasRows(DbConnection connection, MigratedTable table) =>
        Scalar(connection, $"SELECT 1 FROM {table.Name} LIMIT 1") is not null;

    /// <summary>The key of the last row; null if the table is empty.</summary>
    public static object[]? LastKey(DbConnection connection, MigratedTable table)
    {
        var backwards = string.Join(", ", table.Key.Select(key => key + " DESC"));
        using var command = Unlimited(
            connection, $"SELECT {string.Join(", ", table.Key)} FROM {table.Name} ORDER BY {backwards} LIMIT 1");
        using var row = command.ExecuteReader();
        if (!row.Read()) return null;
        var key = new object[table.Key.Count];
        row.GetValues(key);
        return key;
    }

    /// <summary>All rows after a key, in order, as they are read.</summary>
    /// <param name="columns">Of each row.</param>
    public static IEnumerable<object?[]> Rows(
        DbConnection connection, MigratedTable table, List<string> columns, object[]? after = null)
    {
        var names = table.Key.Select((_, index) => $"$k{(char)('a' + index)}").ToList();
        var condition = after is null ? "" : $"WHERE ({string.Join(", ", table.Key)}) > ({string.Join(", ", names)})";
        using var command = Unlimited(
            connection, $"SELECT {string.Join(", ", columns)} FROM {table.Name} {condition} {table.InOrder}",
            [.. after is null ? [] : names.Zip(after, (name, value) => (name, (object?)value))]);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object?[columns.Count];
            for (var i = 0; i < row.Length; i++) row[i] = ValueIn(reader, i);
            yield return row;
        }
    }

    /// <summary>A server takes its time for a large table.</summary>
    private static DbCommand Unlimited(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = Sql.Command(connection, sql, parameters);
        command.CommandTimeout = 0;
        return command;
    }

    private static object? Scalar(DbConnection connection, string sql)
    {
        using var command = Unlimited(connection, sql);
        return command.ExecuteScalar();
    }

    /// <summary>SQLite has numbers where PostgreSQL has truth.</summary>
    private static object? ValueIn(DbDataReader reader, int column) => reader.GetValue(column) switch
    {
        DBNull => null,
        bool value => value ? 1L : 0L,
        var value => value,
    };
}
