using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>Runs statements. Values go into parameters, never into the text.</summary>
internal static class Sql
{
    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Callers pass constant texts.")]
    public static SqliteCommand Command(
        SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    /// <returns>The number of rows inserted, changed or deleted.</returns>
    public static int Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    public static long Number(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public static List<T> Rows<T>(
        SqliteConnection connection, string sql, Func<SqliteDataReader, T> map,
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return Rows(command, map);
    }

    /// <exception cref="DamagedRowException">A row cannot be what <paramref name="map"/> expects.</exception>
    public static List<T> Rows<T>(SqliteCommand command, Func<SqliteDataReader, T> map)
    {
        var rows = new List<T>();
        using var reader = command.ExecuteReader();
        while (reader.Read()) rows.Add(Map(command, reader, map));
        return rows;
    }

    /// <summary>Reads all rows, keeping none.</summary>
    /// <returns>The rows that cannot be what <paramref name="map"/> expects.</returns>
    public static IEnumerable<DamagedRowException> Damaged<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> map)
    {
        using var command = Command(connection, sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            if (DamageOf(command, reader, map) is { } damaged) yield return damaged;
    }

    /// <summary>Reads only until the sizes of the rows add up to <paramref name="bytes"/>; the row that reaches it is the last.</summary>
    public static List<T> RowsUpTo<T>(SqliteCommand command, Func<SqliteDataReader, T> map, Func<T, int> sizeOf, long bytes)
    {
        var rows = new List<T>();
        using var reader = command.ExecuteReader();
        while (bytes > 0 && reader.Read())
        {
            var row = Map(command, reader, map);
            rows.Add(row);
            bytes -= sizeOf(row);
        }
        return rows;
    }

    private static DamagedRowException? DamageOf<T>(SqliteCommand command, SqliteDataReader reader, Func<SqliteDataReader, T> map)
    {
        try
        {
            Map(command, reader, map);
            return null;
        }
        catch (DamagedRowException e)
        {
            return e;
        }
    }

    private static T Map<T>(SqliteCommand command, SqliteDataReader reader, Func<SqliteDataReader, T> map)
    {
        try
        {
            return map(reader);
        }
        catch (Exception e) when (DamagedRowException.Of(command, reader, e) is DamagedRowException damaged)
        {
            throw damaged;
        }
    }
}
