namespace Chat;

/// <param name="Place">The name of the room or of the other user; null outside a conversation.</param>
/// <param name="Arguments">The arguments as given, by parameter, without secret ones.</param>
/// <param name="Outcome"><c>ok</c>, or the refusal's code.</param>
public sealed record AuditedCommand(
    DateTimeOffset At,
    string InvocationId,
    string Caller,
    string Command,
    string? Place,
    IReadOnlyDictionary<string, string> Arguments,
    string Outcome,
    TimeSpan Duration);
