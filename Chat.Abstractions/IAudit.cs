namespace Chat;

/// <summary>Reads the record of audited invocations.</summary>
public interface IAudit
{
    /// <summary>Newest first.</summary>
    /// <param name="caller">By this user's name only; null: everybody's.</param>
    /// <param name="command">Of this command only, by any of its names; null: of all.</param>
    /// <param name="limit">At most 200.</param>
    ValueTask<IReadOnlyList<AuditedCommand>> ReadAsync(string? caller, string? command, int limit, CancellationToken cancellation);
}

/// <param name="Place">The room's or the other user's name; null outside any conversation.</param>
/// <param name="Arguments">As given, by parameter; without secret ones.</param>
/// <param name="Outcome"><c>ok</c>, or the refusal's code.</param>
public sealed record AuditedCommand(
    DateTimeOffset At, string InvocationId, string Caller, string Command, string? Place, IReadOnlyDictionary<string, string> Arguments, string Outcome, TimeSpan Duration);
