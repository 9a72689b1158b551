using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Storage;

/// <summary>
/// A row holds what no version of the daemon writes: the disk or another program has changed it. What needs the row is refused.
/// </summary>
/// <param name="row">The table and the row's key, such as <c>messages row conversation 1, seq 2</c>. It may contain untrusted text.</param>
/// <param name="problem">Such as <c>text is NULL</c>.</param>
internal sealed class DamagedRowException(string row, string problem, Exception? inner = null) : Exception($"{row}: {problem}", inner)
{
    /// <summary>Columns that tell an operator which row it is, without what is secret or private.</summary>
    private static readonly string[] Keys =
        ["id", "conversation", "seq", "identity", "subject", "network", "plugin", "key", "permission", "room"];

    public string Row => row;

    public string Problem => problem;

    /// <param name="failure">What reading the row threw.</param>
    /// <returns>Null if that was not the row's fault.</returns>
    public static DamagedRowException? Of(DbCommand command, DbDataReader reader, Exception failure)
    {
        if (failure is not (InvalidDataException or InvalidOperationException or InvalidCastException or FormatException
            or ArgumentException or OverflowException or System.Text.Json.JsonException))
        {
            return null;
        }
        var columns = Enumerable.Range(0, reader.FieldCount);
        var table = columns.Select(column => TableOf(reader, column)).FirstOrDefault(name => name is not null);
        var keys = Keys.Select(key => (Name: key, Value: ValueOf(command, reader, key))).Where(key => key.Value is not null);
        return new DamagedRowException(
            $"{table ?? "computed"} row {string.Join(", ", keys.Select(key => $"{key.Name} {key.Value}"))}", failure.Message, failure);
    }

    private static string? TableOf(DbDataReader reader, int column) => reader is SqliteDataReader row
        ? raw.sqlite3_column_table_name(row.Handle, column).utf8_to_string()
        : null;

    private static object? ValueOf(DbCommand command, DbDataReader reader, string key)
    {
        for (var column = 0; column < reader.FieldCount; column++)
            if (reader.GetName(column) == key && !reader.IsDBNull(column)) return Shortened(reader.GetValue(column));
        // The messages of one conversation are read without its number.
        const string parameter = "$conversation";
        return key == "conversation" && command.Parameters.Contains(parameter) ? command.Parameters[parameter].Value : null;
    }

    private static object? Shortened(object? value) => value is string { Length: > 64 } text ? text[..64] + "…" : value;
}
