using Chat.Daemon.Accounts;
using Chat.Daemon.Hooks;

namespace Chat.Daemon.Commands;

/// <summary>The commands, permissions and hooks of one moment. An invocation uses one snapshot throughout.</summary>
internal sealed record CommandSnapshot(CommandCatalogue Catalogue, PermissionTable Permissions)
{
    public HookTable Hooks { get; init; } = HookTable.Empty;

    /// <param name="room">Null outside a room.</param>
    public bool MayRun(User user, CatalogueEntry entry, Room? room) => Permissions.Allows(user.Role, entry.Permission, room?.Id);

    /// <summary>The commands that lists, completion and guesses may show to this user there.</summary>
    public IEnumerable<CatalogueEntry> ListedFor(User user, Room? room) =>
        Catalogue.Entries.Where(e => !e.Descriptor.Policy.Hidden && MayRun(user, e, room));
}
