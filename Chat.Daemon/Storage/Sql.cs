using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Chat.Daemon.Storage.Postgres;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Storage;

/// <summary>Runs statements. Values go into parameters, never into the text.</summary>
internal static class Sql
{
    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Callers pass constant texts.")]
    public static DbCommand Command(
        DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!IsFile(connection)) return PostgresText.Command(connection, sql, parameters);
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) Add(command, name, value);
        return command;
    }

    /// <returns>The number of rows inserted, changed or deleted.</returns>
    public static int Execute(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    public static long Number(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public static List<T> Rows<T>(
        DbConnection connection, string sql, Func<DbDataReader, T> map,
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return Rows(command, map);
    }

    /// <exception cref="DamagedRowException">A row cannot be what <paramref name="map"/> expects.</exception>
    public static List<T> Rows<T>(DbCommand command, Func<DbDataReader, T> map)
    {
        var rows = new List<T>();
        using var reader = command.ExecuteReader();
        while (reader.Read()) rows.Add(Map(command, reader, map));
        return rows;
    }

    /// <summary>Reads all rows, keeping none.</summary>
    /// <returns>The rows that cannot be what <paramref name="map"/> expects.</returns>
    public static IEnumerable<DamagedRowException> Damaged<T>(DbConnection connection, string sql, Func<DbDataReader, T> map)
    {
        using var command = Command(connection, sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            if (DamageOf(command, reader, map) is { } damaged) yield return damaged;
    }

    /// <summary>Reads only until the sizes of the rows add up to <paramref name="bytes"/>; the row that reaches it is the last.</summary>
    public static List<T> RowsUpTo<T>(DbCommand command, Func<DbDataReader, T> map, Func<T, int> sizeOf, long bytes)
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

    /// <summary>Asked this way round, a daemon on a file never loads Npgsql.</summary>
    /// <returns>False if the database is on a server.</returns>
    public static bool IsFile(DbConnection connection) => connection is SqliteConnection;

    /// <summary>Whether the database can store a text: PostgreSQL has no U+0000.</summary>
    public static bool CanHold(DbConnection connection, string text) => IsFile(connection) || !text.Contains('\0');

    private static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
    }

    private static DamagedRowException? DamageOf<T>(DbCommand command, DbDataReader reader, Func<DbDataReader, T> map)
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

    private static T Map<T>(DbCommand command, DbDataReader reader, Func<DbDataReader, T> map)
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
