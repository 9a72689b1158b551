using Chat.Daemon.Accounts;
using Chat.Daemon.Hooks;

namespace Chat.Daemon.Commands;

/// <summary>Commands, who may run them, and hooks, as of one moment; an invocation sees one of these throughout.</summary>
internal sealed record CommandSnapshot(CommandCatalogue Catalogue, PermissionTable Permissions)
{
    public HookTable Hooks { get; init; } = HookTable.Empty;

    /// <param name="room">Where; null outside of any room.</param>
    public bool MayRun(User user, CatalogueEntry entry, Room? room) => Permissions.Allows(user.Role, entry.Permission, room?.Id);

    /// <summary>What lists, completion and guesses may show to this user there.</summary>
    public IEnumerable<CatalogueEntry> ListedFor(User user, Room? room) => Catalogue.Entries.Where(e => !e.Descriptor.Policy.Hidden && MayRun(user, e, room));
}

/// <summary>Holds the snapshot in force. Safe from any thread.</summary>
internal sealed class CommandRegistry
{
    private CommandSnapshot current = new(CommandCatalogue.Empty, CommandCatalogue.Empty.ToPermissionTable());

    public CommandSnapshot Current => Volatile.Read(ref current);

    /// <summary>Called after each swap, on the thread that swaps; must not block. Set while the daemon is composed.</summary>
    public Action Swapped { get; set; } = static () => { };

    /// <summary>In force for every look-up that begins afterwards; swap before the old owner drains.</summary>
    /// <returns>What was in force before.</returns>
    public CommandSnapshot Swap(CommandSnapshot next)
    {
        var before = Interlocked.Exchange(ref current, next);
        Swapped();
        return before;
    }
}
