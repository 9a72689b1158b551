using System.Text.Json;
using Chat.Daemon.Storage;
using Microsoft.Data.Sqlite;

namespace Chat.Daemon.Commands;

/// <summary>The audit in the database.</summary>
internal sealed class AuditTrail(SqliteWriter writer, SqliteReaders readers) : IAuditTrail
{
    /// <summary>Entries deleted in one transaction, so that messages do not wait for a great many.</summary>
    private const int Slice = 500;

    public async ValueTask RecordAsync(AuditEntry entry) => await writer.WriteAsync(connection => Sql.Execute(
        connection,
        """
        INSERT INTO audit(at, invocation, caller_id, caller, command, plugin, place, arguments, outcome, milliseconds)
        VALUES ($at, $invocation, $caller_id, $caller, $command, $plugin, $place, $arguments, $outcome, $milliseconds)
        """,
        ("$at", entry.At.ToUnixTimeMilliseconds()), ("$invocation", entry.InvocationId), ("$caller_id", entry.CallerId), ("$caller", entry.Caller),
        ("$command", entry.Command), ("$plugin", entry.Plugin), ("$place", entry.Place),
        ("$arguments", JsonSerializer.Serialize(entry.Arguments, AuditJson.Default.IReadOnlyDictionaryStringString)),
        ("$outcome", entry.Outcome), ("$milliseconds", (long)entry.Duration.TotalMilliseconds)));

    /// <summary>Newest first; null is any.</summary>
    public ValueTask<IReadOnlyList<AuditedCommand>> ReadAsync(string? caller, string? command, int limit, CancellationToken cancellation)
    {
        // A text of its own for each question, so that each has the index that it needs.
        var where = (caller is null ? "" : " AND caller = $caller COLLATE NOCASE") + (command is null ? "" : " AND command = $command");
        return readers.ReadAsync<IReadOnlyList<AuditedCommand>>(
            reader => reader.Rows(
                $"SELECT at, invocation, caller, command, place, arguments, outcome, milliseconds FROM audit WHERE true{where} ORDER BY id DESC LIMIT $limit", ToEntry,
                [("$limit", limit), .. Given("$caller", caller), .. Given("$command", command)]),
            cancellation);
    }

    /// <summary>Deletes what is older.</summary>
    /// <returns>How many entries there were.</returns>
    public async Task<int> DeleteBeforeAsync(DateTimeOffset moment)
    {
        var (all, deleted) = (0, 0);
        do
        {
            deleted = await writer.WriteAsync(connection => Sql.Execute(
                connection, "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < $before LIMIT $slice)", ("$before", moment.ToUnixTimeMilliseconds()), ("$slice", Slice)));
            all += deleted;
        }
        while (deleted == Slice);
        return all;
    }

    private static (string, object?)[] Given(string name, string? value) => value is null ? [] : [(name, value)];

    private static AuditedCommand ToEntry(SqliteDataReader row) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetString(1), row.GetString(2), row.GetString(3), row.TextOrNull(4),
        JsonSerializer.Deserialize(row.GetString(5), AuditJson.Default.IReadOnlyDictionaryStringString)!, row.GetString(6), TimeSpan.FromMilliseconds(row.GetInt64(7)));
}

[System.Text.Json.Serialization.JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class AuditJson : System.Text.Json.Serialization.JsonSerializerContext;
