namespace Chat.Daemon.Commands;

/// <summary>Commands and who may run them, as of one moment; an invocation sees one of these throughout.</summary>
internal sealed record CommandSnapshot(CommandCatalogue Catalogue, PermissionTable Permissions)
{
    public bool MayRun(User user, CatalogueEntry entry) => Permissions.Allows(user.Role, entry.Permission);

    /// <summary>What lists, completion and guesses may show to this user.</summary>
    public IEnumerable<CatalogueEntry> ListedFor(User user) => Catalogue.Entries.Where(e => !e.Descriptor.Policy.Hidden && MayRun(user, e));
}

/// <summary>Holds the snapshot in force. Safe from any thread.</summary>
internal sealed class CommandRegistry
{
    private CommandSnapshot current = new(CommandCatalogue.Empty, PermissionTable.For(CommandCatalogue.Empty));

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
