using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>
/// Finds out whether a client that has closed its sending side still reads. TCP reports a half-close and a vanished client alike, but the
/// vanished client's host answers data with a reset. So while the daemon works for such a client, it sends an empty <c>presence</c> now
/// and then. If a reset comes back, the connection is given up and the client's command is cancelled.
/// </summary>
internal sealed class HalfCloseProbe : IDisposable
{
    /// <summary>Most work is done sooner; then nothing is sent.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause between two probes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    /// <summary>Time for a reset to come back.</summary>
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(250);

    private readonly Connection connection;
    private readonly Func<DaemonFrame?> probe;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource over = new();
    private readonly CancellationTokenRegistration registration;

    /// <param name="probe">Makes a frame that changes nothing for the client; null if there is none yet.</param>
    public HalfCloseProbe(Connection connection, Func<DaemonFrame?> probe, TimeProvider time)
    {
        (this.connection, this.probe, this.time) = (connection, probe, time);
        registration = connection.InputEnded.UnsafeRegister(static self => _ = ((HalfCloseProbe)self!).WatchAsync(), this);
    }

    /// <summary>Ends the probing.</summary>
    public void Dispose()
    {
        registration.Dispose();
        over.Cancel();
        over.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            for (var pause = First; !connection.IsClientGone; pause = pause < Longest ? pause * 2 : Longest)
            {
                await Task.Delay(pause, time, over.Token);
                if (probe() is not { } frame) continue;
                connection.Outbox.Reply(frame);
                await Task.Delay(Answer, time, over.Token);
            }
            connection.Lose();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The work was done first.
        }
    }
}
