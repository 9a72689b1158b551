using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Daemon.Storage.Sqlite;

/// <summary>Looks for damaged pages. Writes nothing.</summary>
internal static class PageCheck
{
    /// <summary>Steps of SQLite's machine between two looks at the clock: well under a millisecond.</summary>
    private const int StepsPerLook = 1_000;

    /// <summary>Checks everything, the indexes too.</summary>
    /// <returns>The first problem in SQLite's words; null if there is none.</returns>
    public static string? Full(SqliteConnection connection) => Problem(connection, "PRAGMA integrity_check(1)");

    /// <summary>
    /// Checks as much as the time allows: first the tables that every login needs, which are small, then the audit and the messages.
    /// </summary>
    /// <returns>The first problem, and whether there was time for everything.</returns>
    public static (string? Problem, bool IsComplete) Within(SqliteConnection connection, TimeSpan time)
    {
        var tables = Sql.Rows(
            connection,
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name = 'messages', name = 'audit', name",
            row => row.Text(0));
        var started = Stopwatch.GetTimestamp();
        raw.sqlite3_progress_handler(
            connection.Handle!, StepsPerLook, _ => Stopwatch.GetElapsedTime(started) > time ? 1 : 0, null);
        try
        {
            foreach (var table in tables)
            {
                var quoted = table.Replace("\"", "\"\"", StringComparison.Ordinal);
                if (Problem(connection, $"PRAGMA quick_check(\"{quoted}\")") is { } problem) return ($"{table}: {problem}", true);
            }
            return (null, true);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            return (null, false);
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle!, 0, null, null);
        }
    }

    private static string? Problem(SqliteConnection connection, string pragma)
    {
        using var check = Sql.Command(connection, pragma);
        check.CommandTimeout = 0;
        return check.ExecuteScalar() as string is var answer && answer == "ok" ? null : answer ?? "unreadable";
    }
}
