using Microsoft.Data.Sqlite;

namespace CrashChecker.Daemons;

/// <summary>SQLite's own check of a database that nobody uses.</summary>
internal static class DatabaseCheck
{
    /// <param name="report">Gets each problem.</param>
    public static void Run(string path, Action<string> report)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check(20)";
            using var rows = command.ExecuteReader();
            while (rows.Read())
                if (rows.GetString(0) is var line and not "ok") report(line);
        }
        catch (SqliteException e)
        {
            report(e.Message);
        }
    }
}
