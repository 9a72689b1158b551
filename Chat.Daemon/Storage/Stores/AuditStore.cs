using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Daemon.Storage.Stores;

/// <summary>The durable record of who ran which audited command, and how it ended. Safe from any thread.</summary>
internal sealed partial class AuditStore(DatabaseWriter writer, DatabaseReaders readers)
{
    /// <summary>Entries to delete in one transaction: messages wait for it.</summary>
    private const int Slice = 500;

    private const string Select =
        "SELECT at, invocation, caller, command, place, arguments, outcome, milliseconds, id FROM audit";

    /// <summary>Completes when the entry is as durable as messages are.</summary>
    public async ValueTask RecordAsync(AuditEntry entry) => await writer.WriteLikeMessagesAsync(connection => Sql.Execute(
        connection,
        """
        INSERT INTO audit(at, invocation, caller_id, caller, command, plugin, place, arguments, outcome, milliseconds)
        VALUES ($at, $invocation, $caller_id, $caller, $command, $plugin, $place, $arguments, $outcome, $milliseconds)
        """,
        ("$at", entry.At.ToUnixTimeMilliseconds()), ("$invocation", entry.InvocationId), ("$caller_id", entry.CallerId), (
            "$caller", entry.Caller),
        ("$command", entry.Command), ("$plugin", entry.Plugin), ("$place", entry.Place),
        ("$arguments", JsonSerializer.Serialize(entry.Arguments, Json.Default.IReadOnlyDictionaryStringString)),
        ("$outcome", entry.Outcome), ("$milliseconds", (long)entry.Duration.TotalMilliseconds)));

    /// <summary>The newest entries first, of one caller and command, or of all (null).</summary>
    public ValueTask<IReadOnlyList<AuditedCommand>> ReadAsync(string? caller, string? command, int limit, CancellationToken cancellation)
    {
        // A separate SQL text for each filter lets SQLite use its index.
        var where = (caller is null ? "" : " AND caller = $caller COLLATE NOCASE") + (command is null ? "" : " AND command = $command");
        return readers.ReadAsync<IReadOnlyList<AuditedCommand>>(
            reader => reader.Rows(
                $"""
                {Select}
                WHERE true{where} ORDER BY id DESC LIMIT $limit
                """,
                ToEntry,
                [("$limit", limit), .. Given("$caller", caller), .. Given("$command", command)]),
            cancellation);
    }

    /// <summary>Deletes older entries.</summary>
    /// <returns>How many it deleted.</returns>
    public async Task<int> DeleteBeforeAsync(DateTimeOffset moment)
    {
        var (all, deleted) = (0, 0);
        do
        {
            deleted = await writer.WriteLikeMessagesAsync(connection => Sql.Execute(
                connection, "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < $before LIMIT $slice)",
                ("$before", moment.ToUnixTimeMilliseconds()), ("$slice", Slice)));
            all += deleted;
        }
        while (deleted == Slice);
        return all;
    }

    /// <summary>All rows that cannot be read; reads the whole table.</summary>
    public static IEnumerable<DamagedRowException> DamagedRows(DbConnection connection) =>
        Sql.Damaged(connection, Select, ToEntry);

    private static (string, object?)[] Given(string name, string? value) => value is null ? [] : [(name, value)];

    private static AuditedCommand ToEntry(DbDataReader row) => new(
        row.Time(0), row.Text(1), row.Text(2), row.Text(3), row.TextOrNull(4),
        JsonSerializer.Deserialize(row.Text(5), Json.Default.IReadOnlyDictionaryStringString)
            ?? throw RowValues.Invalid(row, 5, "is null"),
        row.Text(6),
        TimeSpan.FromMilliseconds(row.Number(7)));

    [JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
    private sealed partial class Json : JsonSerializerContext;
}
