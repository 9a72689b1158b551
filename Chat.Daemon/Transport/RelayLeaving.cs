using System.Diagnostics.CodeAnalysis;

namespace Chat.Daemon.Transport;

/// <summary>A feature that all connections share which one node relays: whether that node is about to stop.</summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A token source without a timer holds no resources.")]
internal sealed class RelayLeaving
{
    private readonly CancellationTokenSource leaving = new();

    public CancellationToken Token => leaving.Token;

    public Task BeginAsync() => leaving.CancelAsync();
}
