namespace Chat.Daemon.Commands;

/// <summary>The durable record of who ran which audited command, and how it ended. Safe from any thread.</summary>
internal interface IAuditTrail
{
    /// <summary>Completes when the entry is as durable as messages are.</summary>
    ValueTask RecordAsync(AuditEntry entry);
}

/// <param name="InvocationId">The reference that the log has too.</param>
/// <param name="CallerId">The user's opaque id; <paramref name="Caller"/> is its name then.</param>
/// <param name="Command">Canonical.</param>
/// <param name="Place">The room's or the peer's name; null outside any conversation.</param>
/// <param name="Arguments">As given, by parameter name, without secret ones; untrusted.</param>
/// <param name="Outcome"><c>ok</c>, or the refusal's code.</param>
internal sealed record AuditEntry(
    DateTimeOffset At, string InvocationId, string CallerId, string Caller, string Command, string Plugin,
    string? Place, IReadOnlyDictionary<string, string> Arguments, string Outcome, TimeSpan Duration);
