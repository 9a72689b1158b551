using Chat.Daemon.Commands;
using Chat.Daemon.Sessions;
using Chat.Daemon.Storage;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IAudit"/>
internal sealed class AuditCapability(CommandRegistry registry, AuditStore store, UserDirectory people) : IAudit
{
    private const int Most = 200;

    public async ValueTask<IReadOnlyList<AuditedCommand>> ReadAsync(string? caller, string? command, int limit, CancellationToken cancellation)
    {
        // The audit keeps names. A current name or alias finds the recorded one; a name that no longer exists must be given as it was recorded.
        var name = UserName.TryParse(caller, out var parsed) && await people.FindAsync(parsed, cancellation) is { } user ? user.Name.Text : caller;
        var canonical = command is null ? null : registry.Current.Catalogue.Find(command.TrimStart('/'))?.Descriptor.Name ?? command.TrimStart('/');
        return await store.ReadAsync(name, canonical, Math.Clamp(limit, 0, Most), cancellation);
    }
}
