using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Npgsql;

namespace Chat.Daemon.Storage.Postgres;

/// <summary>
/// The statements of the stores are written once, for both engines. What is left to translate: parameters, lists given as JSON, and words
/// that tell SQLite's planner what to do.
/// </summary>
internal static partial class PostgresText
{
    private static readonly ConcurrentDictionary<string, Translated> Known = new(StringComparer.Ordinal);

    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Callers pass constant texts.")]
    public static NpgsqlCommand Command(
        DbConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var translated = Known.GetOrAdd(sql, Translate);
        var command = new NpgsqlCommand(translated.Sql, (NpgsqlConnection)connection);
        foreach (var name in translated.Parameters) command.Parameters.Add(new NpgsqlParameter { Value = ValueOf(name, parameters) });
        return command;
    }

    /// <summary>Where the parameter stands in the command; -1 if the statement does not use it.</summary>
    public static int IndexOf(string sql, string parameter) => Known.GetOrAdd(sql, Translate).Parameters.IndexOf(parameter);

    private static Translated Translate(string sql)
    {
        var text = IndexChoice().Replace(sql, "")
            .Replace("CROSS JOIN", "JOIN", StringComparison.Ordinal) // its order is an order to SQLite's planner
            .Replace("json_each($ids)", Elements("ids", "CAST(one AS BIGINT)", "json_array_elements_text"), StringComparison.Ordinal)
            .Replace("json_each($names)", Elements("names", "one", "json_array_elements_text"), StringComparison.Ordinal)
            .Replace("json_each($after)", Elements("after", "one", "json_array_elements"), StringComparison.Ordinal)
            .Replace("json_each(arguments)", "json_each_text(CAST(arguments AS JSON))", StringComparison.Ordinal)
            .Replace("json_valid(arguments)", "true", StringComparison.Ordinal) // nothing but the daemon writes there
            .Replace("json_group_object(", "json_object_agg(", StringComparison.Ordinal);
        List<string> parameters = [];
        text = Parameter().Replace(text, found =>
        {
            if (!parameters.Contains(found.Value)) parameters.Add(found.Value);
            return $"${parameters.IndexOf(found.Value) + 1}";
        });
        return new(text, parameters);
    }

    private static string Elements(string list, string value, string function) =>
        $"(SELECT {value} AS value FROM {function}(CAST(${list} AS JSON)) AS one) AS {list}";

    private static object ValueOf(string name, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        foreach (var (given, value) in parameters)
            if (given == name) return value is int number ? (long)number : value ?? DBNull.Value;
        throw new ArgumentException($"The statement's parameter {name} is not given.", nameof(parameters));
    }

    [GeneratedRegex(@"\$[a-z_]+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"INDEXED BY \w+")]
    private static partial Regex IndexChoice();

    private sealed record Translated(string Sql, List<string> Parameters);
}
