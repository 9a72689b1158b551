using Chat.Daemon.Cluster;
using Chat.Daemon.Lifetime;
using Chat.Daemon.Messages;
using Chat.Daemon.Sessions;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IDaemonControl"/>
internal sealed class DaemonControl(
    Attachment caller, ShutdownCountdown countdown, TextGate gate, ClusterNode? clusterNode = null) : IDaemonControl
{
    public async Task ShutdownAsync(TimeSpan delay, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var passed = await gate.PassOrThrowAsync(caller, new(DraftKind.Reason, reason));
        countdown.Begin(delay, passed ?? "", caller.User.Name.Text);
    }

    public async Task<bool> ShutdownNodeAsync(string node, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return clusterNode is not null && await clusterNode.StopAsync(node);
    }

    public Task<bool> CancelShutdownAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(countdown.Cancel(caller.User.Name.Text));
    }
}
