namespace Chat;

/// <summary>Reads the audit: the record of commands with <c>[Audit]</c>.</summary>
public interface IAudit
{
    /// <summary>The entries, newest first.</summary>
    /// <param name="caller">Only entries of the user with this name; null for all users.</param>
    /// <param name="command">Only entries of this command, by any of its names; null for all commands.</param>
    /// <param name="limit">At most 200.</param>
    ValueTask<IReadOnlyList<AuditedCommand>> ReadAsync(string? caller, string? command, int limit, CancellationToken cancellation);
}
