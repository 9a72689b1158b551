namespace Chat.Daemon.Commands;

/// <summary>Holds the current snapshot. Safe from any thread.</summary>
internal sealed class CommandRegistry
{
    private CommandSnapshot current = new(CommandCatalogue.Empty, CommandCatalogue.Empty.ToPermissionTable());

    public CommandSnapshot Current => Volatile.Read(ref current);

    /// <summary>Raised after each swap, on the thread that swaps. A handler must not block.</summary>
    public event Action? Swapped;

    /// <summary>Every look-up that begins later sees the new snapshot. Swap before the old plugin drains.</summary>
    /// <returns>The snapshot before.</returns>
    public CommandSnapshot Swap(CommandSnapshot next)
    {
        var before = Interlocked.Exchange(ref current, next);
        Swapped?.Invoke();
        return before;
    }
}
