using Chat.Daemon.Lifetime;
using Chat.Daemon.Sessions;

namespace Chat.Daemon.Capabilities;

/// <inheritdoc cref="IDaemonControl"/>
internal sealed class DaemonControl(Attachment caller, ShutdownCountdown countdown) : IDaemonControl
{
    public Task ShutdownAsync(TimeSpan delay, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        countdown.Begin(delay, reason, caller.User.Name.Text);
        return Task.CompletedTask;
    }

    public Task<bool> CancelShutdownAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(countdown.Cancel(caller.User.Name.Text));
    }
}
