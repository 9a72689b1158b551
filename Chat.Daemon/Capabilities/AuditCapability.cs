using Chat.Daemon.Commands;
using Chat.Daemon.Sessions;
using Chat.Protocol;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IAudit"/>
internal sealed class AuditCapability(CommandRegistry registry, AuditTrail trail, UserDirectory people) : IAudit
{
    private const int Most = 200;

    public async ValueTask<IReadOnlyList<AuditedCommand>> ReadAsync(string? caller, string? command, int limit, CancellationToken cancellation)
    {
        // By the name as it was written down: of who bears it still, and of commands that are there still, that is known; of others it must be given so.
        var name = UserName.TryParse(caller, out var parsed) && await people.FindAsync(parsed, cancellation) is { } user ? user.Name.Text : caller;
        var canonical = command is null ? null : registry.Current.Catalogue.Find(command.TrimStart('/'))?.Descriptor.Name ?? command.TrimStart('/');
        return await trail.ReadAsync(name, canonical, Math.Clamp(limit, 0, Most), cancellation);
    }
}
