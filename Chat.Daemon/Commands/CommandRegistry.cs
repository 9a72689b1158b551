using Chat.Daemon.Accounts;
using Chat.Daemon.Hooks;

namespace Chat.Daemon.Commands;

/// <summary>Holds the current snapshot. Safe from any thread.</summary>
internal sealed class CommandRegistry
{
    private Snapshot current = new(CommandCatalogue.Empty, CommandCatalogue.Empty.ToPermissionTable());

    public Snapshot Current => Volatile.Read(ref current);

    /// <summary>Raised after each swap, on the thread that swaps. A handler must not block.</summary>
    public event Action? Swapped;

    /// <summary>Every look-up that begins later sees the new snapshot. Swap before the old plugin drains.</summary>
    /// <returns>The snapshot before.</returns>
    public Snapshot Swap(Snapshot next)
    {
        var before = Interlocked.Exchange(ref current, next);
        Swapped?.Invoke();
        return before;
    }

    /// <summary>The commands, permissions and hooks of one moment. An invocation uses one snapshot throughout.</summary>
    internal sealed record Snapshot(CommandCatalogue Catalogue, PermissionTable Permissions)
    {
        public HookTable Hooks { get; init; } = HookTable.Empty;

        /// <param name="room">Null outside a room.</param>
        /// <param name="ownsRoom">False if the user is known not to own it.</param>
        public bool MayRun(User user, CatalogueEntry entry, Room? room, bool ownsRoom = true) =>
            Permissions.Allows(user.Role, entry.Permission, room?.Id)
            || (ownsRoom && room is { IsPrivate: true } && PermissionTable.IsOwners(entry.Permission));

        /// <summary>The commands that lists, completion and guesses may show to this user there.</summary>
        public IEnumerable<CatalogueEntry> ListedFor(User user, Room? room) =>
            Catalogue.Entries.Where(e => !e.Descriptor.Policy.Hidden && MayRun(user, e, room));
    }
}
