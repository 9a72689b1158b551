using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Chat.Protocol;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage;

/// <summary>
/// Reads the columns of a row as what they should be. Any <see cref="InvalidDataException"/> becomes a <see cref="DamagedRowException"/>
/// that names the row.
/// </summary>
internal static class RowValues
{
    private static readonly long MaxMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static string Text(this DbDataReader row, int column)
    {
        if (row.IsDBNull(column)) throw Invalid(row, column, "is NULL");
        var text = row.GetString(column);
        // Reading replaces invalid bytes by this character, which a user may also have sent.
        if (row is SqliteDataReader && text.Contains('\uFFFD') && !Utf8.IsValid(row.GetFieldValue<byte[]>(column)))
            throw Invalid(row, column, "is not UTF-8");
        return text;
    }

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Text(column);

    public static long Number(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? throw Invalid(row, column, "is NULL") : ToNumber(row, column);

    public static long? NumberOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : ToNumber(row, column);

    public static bool Flag(this DbDataReader row, int column) => row.Number(column) != 0;

    /// <summary>A moment in Unix milliseconds.</summary>
    public static long TimeMs(this DbDataReader row, int column) =>
        row.Number(column) is >= 0 and var ms && ms <= MaxMs ? ms : throw Invalid(row, column, "is no time");

    public static DateTimeOffset Time(this DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.TimeMs(column));

    public static Role Role(this DbDataReader row, int column) =>
        (Role)row.Number(column) is var role && Enum.IsDefined(role) ? role : throw Invalid(row, column, "is no role");

    public static UserName UserName(this DbDataReader row, int column) =>
        Protocol.UserName.TryParse(row.Text(column), out var name) ? name : throw Invalid(row, column, "is no valid name");

    public static RoomName RoomName(this DbDataReader row, int column) =>
        Protocol.RoomName.TryParse(row.Text(column), out var name) ? name : throw Invalid(row, column, "is no valid name");

    /// <summary>Other databases than SQLite have conditions and sums of types of their own.</summary>
    private static long ToNumber(DbDataReader row, int column) => row is SqliteDataReader
        ? row.GetInt64(column)
        : Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    public static InvalidDataException Invalid(DbDataReader row, int column, string problem) =>
        new($"{row.GetName(column)} {problem}");
}
