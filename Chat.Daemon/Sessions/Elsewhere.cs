namespace Chat.Daemon.Sessions;

/// <summary>Where clients of a node that stops may go. Safe from any thread.</summary>
internal sealed class Elsewhere
{
    private volatile Func<IReadOnlyList<string>>? others;
    private IReadOnlyList<string> here = [];

    /// <summary>If this node stops. Null if there is nowhere to go, as outside of a cluster.</summary>
    public IReadOnlyList<string>? Others => others?.Invoke() is { Count: > 0 } addresses ? addresses : null;

    /// <summary>If the node stops that relays them to this one. Null if its addresses are not known.</summary>
    public IReadOnlyList<string>? Here => here is { Count: > 0 } ? here : null;

    /// <param name="ofOthers">Gives the addresses of the other nodes, from any thread, until the daemon's end.</param>
    /// <param name="own">The addresses of this node.</param>
    public void Use(Func<IReadOnlyList<string>> ofOthers, IReadOnlyList<string> own) => (here, others) = (own, ofOthers);
}
