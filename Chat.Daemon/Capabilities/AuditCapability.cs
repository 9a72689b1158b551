using Chat.Daemon.Commands;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage.Stores;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IAudit"/>
internal sealed class AuditCapability(CommandRegistry commandRegistry, AuditStore auditStore, UserDirectory userDirectory) : IAudit
{
    private const int Most = 200;

    public async ValueTask<IReadOnlyList<AuditedCommand>> ReadAsync(
        string? caller, string? command, int limit, CancellationToken cancellation)
    {
        // The audit has names as they were written then. A current user or command is found by any spelling, others only exactly.
        var name = UserName.TryParse(caller, out var parsed) && await userDirectory.FindAsync(parsed, cancellation) is { } user
            ? user.Name.Text
            : caller;
        var canonical = command is null
            ? null
            : commandRegistry.Current.Catalogue.Find(command.TrimStart('/'))?.Descriptor.Name ?? command.TrimStart('/');
        return await auditStore.ReadAsync(name, canonical, Math.Clamp(limit, 0, Most), cancellation);
    }
}
