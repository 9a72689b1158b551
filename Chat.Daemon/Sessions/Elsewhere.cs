namespace Chat.Daemon.Sessions;

/// <summary>Where clients may go when this daemon shuts down. Safe from any thread.</summary>
internal sealed class Elsewhere
{
    private volatile Func<IReadOnlyList<string>>? nodes;

    /// <summary>Null if there is nowhere to go, as outside of a cluster.</summary>
    public IReadOnlyList<string>? Addresses => nodes?.Invoke() is { Count: > 0 } addresses ? addresses : null;

    /// <param name="others">Gives the addresses of the other nodes, from any thread, until the daemon's end.</param>
    public void Use(Func<IReadOnlyList<string>> others) => nodes = others;
}
