using Chat.Daemon.Cluster;
using Chat.Daemon.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.Lifetime;

/// <summary>
/// Stops the daemon after a delay, with all nodes of its cluster, and reminds everybody as the time runs out. There is one countdown at a
/// time. Safe from any thread.
/// </summary>
internal sealed partial class ShutdownCountdown(
    IHostApplicationLifetime lifetime, Notifier notifier, TimeProvider time, ILogger<ShutdownCountdown> logger,
    ClusterNode? clusterNode = null)
{
    /// <summary>Seconds before the end at which everybody is reminded.</summary>
    private static readonly int[] Marks = [3600, 1800, 600, 300, 60, 30, 10, 5];

    private readonly Lock gate = new();
    private CancellationTokenSource? running;

    /// <summary>Starts the countdown, or restarts it with this delay and reason.</summary>
    public void Begin(TimeSpan delay, string reason, string by)
    {
        LogShutdownScheduled(logger, by, delay, reason);
        var mine = new CancellationTokenSource();
        lock (gate)
        {
            running?.Cancel();
            running = mine;
        }
        _ = RunAsync(delay, reason, mine);
    }

    /// <returns>False if there is no countdown, or the daemon is stopping already.</returns>
    public bool Cancel(string by)
    {
        lock (gate)
        {
            if (running is null || lifetime.ApplicationStopping.IsCancellationRequested) return false;
            running.Cancel();
            running = null;
        }
        LogShutdownCancelled(logger, by);
        notifier.TellAll(texts => texts.ShutdownCancelled());
        return true;
    }

    private async Task RunAsync(TimeSpan delay, string reason, CancellationTokenSource mine)
    {
        try
        {
            var end = time.GetUtcNow() + delay;
            if (delay > TimeSpan.Zero) Tell(delay, reason);
            foreach (var mark in Marks.Select(seconds => TimeSpan.FromSeconds(seconds)).Where(mark => mark < delay))
            {
                await WaitUntilAsync(end - mark, mine.Token);
                Tell(mark, reason);
            }
            await WaitUntilAsync(end, mine.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        lock (gate)
        {
            if (running != mine) return;
            running = null; // too late to cancel
        }
        if (clusterNode is not null) await clusterNode.StopOthersAsync();
        lifetime.StopApplication();
    }

    private Task WaitUntilAsync(DateTimeOffset moment, CancellationToken cancellation)
    {
        var left = moment - time.GetUtcNow();
        return left > TimeSpan.Zero ? Task.Delay(left, time, cancellation) : Task.CompletedTask;
    }

    private void Tell(TimeSpan left, string reason)
    {
        notifier.TellAll(texts => texts.ShutdownIn(DurationText.Format(left), reason));
    }

    [LoggerMessage(EventId = 601, EventName = "ShutdownScheduled", Level = LogLevel.Warning,
        Message = "Shutdown scheduled: by {User}, in {Delay}, reason \"{Reason}\"")]
    private static partial void LogShutdownScheduled(ILogger logger, string user, TimeSpan delay, string reason);

    [LoggerMessage(EventId = 602, EventName = "ShutdownCancelled", Level = LogLevel.Warning, Message = "Shutdown cancelled: by {User}")]
    private static partial void LogShutdownCancelled(ILogger logger, string user);
}
