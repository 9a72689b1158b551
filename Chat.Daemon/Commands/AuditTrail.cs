using System.Text.Json;
using Chat.Daemon.History;

namespace Chat.Daemon.Commands;

/// <summary>The audit in the database.</summary>
internal sealed class AuditTrail(SqliteWriter writer) : IAuditTrail
{
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
}

[System.Text.Json.Serialization.JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class AuditJson : System.Text.Json.Serialization.JsonSerializerContext;
