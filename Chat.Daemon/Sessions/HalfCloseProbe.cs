using Chat.Daemon.Transport;
using Chat.Protocol;

namespace Chat.Daemon.Sessions;

/// <summary>
/// Tells a recipient that has ended its sending side and still reads from one that is gone: TCP says the same of both, but the one that is gone answers
/// what is sent to it with a reset. So where work for the recipient goes on, it is told that nobody came and nobody went; what a command does for
/// a recipient that is gone is cancelled.
/// </summary>
internal sealed class HalfCloseProbe : IDisposable
{
    /// <summary>Most work ends sooner, and then nothing is sent.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two probes of a recipient that goes on reading.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    /// <summary>For the reset to come back.</summary>
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(250);

    private readonly Connection connection;
    private readonly Func<DaemonFrame?> probe;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource over = new();
    private readonly CancellationTokenRegistration registration;

    /// <param name="probe">A frame that changes nothing for whoever reads it; null where there is none yet.</param>
    public HalfCloseProbe(Connection connection, Func<DaemonFrame?> probe, TimeProvider time)
    {
        (this.connection, this.probe, this.time) = (connection, probe, time);
        registration = connection.InputEnded.UnsafeRegister(static watch => _ = ((HalfCloseProbe)watch!).WatchAsync(), this);
    }

    /// <summary>The work is done: nothing more is sent.</summary>
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
            for (var pause = First; !connection.IsPeerGone; pause = pause < Longest ? pause * 2 : Longest)
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
