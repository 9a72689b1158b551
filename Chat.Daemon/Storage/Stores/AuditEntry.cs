namespace Chat.Daemon.Storage.Stores;

/// <summary>One run of an audited command.</summary>
/// <param name="InvocationId">The reference that the log shows too.</param>
/// <param name="CallerId">The user's opaque id; <paramref name="Caller"/> is the user's name at that time.</param>
/// <param name="Command">The canonical name.</param>
/// <param name="Place">The name of the room or of the other user; null outside a conversation.</param>
/// <param name="Arguments">As given, by parameter name, without secret ones; untrusted.</param>
/// <param name="Outcome"><c>ok</c>, or the refusal's code.</param>
internal sealed record AuditEntry(
    DateTimeOffset At, string InvocationId, string CallerId, string Caller, string Command, string Plugin,
    string? Place, IReadOnlyDictionary<string, string> Arguments, string Outcome, TimeSpan Duration);
